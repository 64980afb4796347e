"""What every template may use."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .navigation import ACCOUNT, main_navigation, own_items
from .preferences import text_size_of


def portal(request):
    user = getattr(request, "user", None)
    furniture = SimpleLazyObject(lambda: _furniture(user))
    return {
        "PORTAL": settings.PORTAL,
        "SITE_URL": settings.SITE_URL,
        "edits_site": SimpleLazyObject(lambda: _edits_site(user)),
        "SAMPLES": SimpleLazyObject(lambda: furniture.samples),
        "main_navigation": SimpleLazyObject(lambda: main_navigation(request, furniture.menu)),
        "account_items": SimpleLazyObject(lambda: own_items(ACCOUNT, request)),
        "outages": SimpleLazyObject(lambda: furniture.outages),
        "footer_pages": SimpleLazyObject(lambda: furniture.footer),
        "text_size": text_size_of(request),
        "is_staff_member": SimpleLazyObject(lambda: bool(user and user.is_authenticated)),
    }


def _furniture(user):
    from portal.furniture import furniture

    return furniture(user)


def _edits_site(user):
    """Whether the account menu leads to the editor: by role, which every page has asked for already."""
    from people.roles import Role, has_role

    return has_role(user, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)
