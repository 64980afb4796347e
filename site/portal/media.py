"""Pictures and files of published pages. Nothing else under MEDIA_ROOT has an address."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents import permissions as document_permissions
from wagtail.images import get_image_model
from wagtail.images import permissions as image_permissions
from wagtail.models import Page, ReferenceIndex

from trust.storage import PUBLIC_PREFIX, hand_out

from .pictures import PUBLIC_SPECS
from .public_page import public_page
from .readable import readable

IMAGE_TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_POLICIES = {
    get_image_model(): image_permissions.permission_policy,
    get_document_model(): document_permissions.permission_policy,
}


def follow_page(instance, **kwargs):
    """Receiver of `page_published`: what the page shows is out, and what it showed no longer, with the page
    itself; Wagtail's own note of it waits for the worker."""
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(instance)


def is_published(item) -> bool:
    """Whether a live page, open to all, shows this picture or file."""
    return readable(_pages_with(item)).exists()


def may_read(request, item) -> bool:
    """Whoever may read a live page that shows it; and whoever works with pictures or files of its folder."""
    return _is_out_for(request, item) or _works_with(request.user, item)


def _is_out_for(request, item):
    if not _is_open(item.collection.get_view_restrictions(), request):
        return False
    return is_published(item) or any(
        _is_open(page.get_view_restrictions(), request) for page in _pages_with(item)
    )


def _is_open(restrictions, request):
    return all(restriction.accept_request(request) for restriction in restrictions)


def _pages_with(item):
    references = ReferenceIndex.get_references_to(item).values_list("base_content_type", "object_id")
    page_type = ContentType.objects.get_for_model(Page).pk
    return Page.objects.live().filter(pk__in=[int(pk) for kind, pk in references if kind == page_type])


def _works_with(user, item):
    policy = _POLICIES[type(item)]
    return policy.user_has_any_permission_for_instance(user, ("change", "choose"), item)


@require_safe
@public_page()
def picture(request, name):
    """A file made of a picture for a page; those made for the editor's own lists are the editors' alone, and
    the original, with all its hidden data, is never handed out."""
    path = f"images/{name}"
    rendition = (
        get_image_model().get_rendition_model().objects.select_related("image").filter(file=path).first()
    )
    kind = IMAGE_TYPES.get(name.rpartition(".")[2].lower())
    if rendition is None or kind is None or not _may_see(request, rendition):
        raise Http404
    return _file(rendition.file, kind)


def _may_see(request, rendition):
    if rendition.filter_spec in PUBLIC_SPECS:
        return may_read(request, rendition.image)
    return _works_with(request.user, rendition.image)


@require_safe
def document(request, document_id, name):
    """A file editors attached to a page. It is saved, not shown: nothing runs in the portal's name."""
    item = get_object_or_404(get_document_model(), pk=document_id)
    if item.filename != name or not may_read(request, item):
        raise Http404
    kind = "application/octet-stream"
    try:
        return _shut(hand_out(item.file, item.filename, kind, inline=False, prefix=PUBLIC_PREFIX))
    except FileNotFoundError:
        raise Http404 from None


def _file(stored, content_type):
    try:
        with stored.open("rb") as handle:
            return _shut(HttpResponse(handle.read(), content_type=content_type))
    except FileNotFoundError:
        raise Http404 from None


def _shut(response):
    """Nothing in the file runs in the portal's name. What editors publish is no export of data."""
    response.is_told = True
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
