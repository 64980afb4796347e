"""Every address of the portal. Each new one also gets its row in tests/role_table.py."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path, re_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import LogoutView

from portal.media import document
from trust.answers import limited
from trust.limits import Requests

from . import errors, health, preferences

CHOICES = Requests("choices", most=120, seconds=600)  # of letters and language: each writes a cookie


def one_sign_in(request, *args, **kwargs):
    """Wagtail's own sign-in would walk around the second factor: send people to ours."""
    if request.user.is_authenticated:
        raise PermissionDenied
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect_to_login(target if safe else "/quan-tri/", "/tai-khoan/login/")


def not_here(request, *args, **kwargs):
    """Pages of Wagtail and allauth that are off: accounts and addresses are kept under /nhan-su/."""
    raise Http404


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("co-chu/", limited(CHOICES)(preferences.set_text_size), name="set_text_size"),
    path("ngon-ngu/", limited(CHOICES)(preferences.set_language), name="set_language"),
    re_path(r"^tai-khoan/(email|confirm-email|password/set|login/code|sessions|social)/", not_here),
    re_path(r"^tai-khoan/3rdparty/(signup/)?$", not_here),
    # Begun at own:oidc, which lets fewer questions through.
    re_path(r"^tai-khoan/oidc/[^/]+/login/$", not_here),
    path("tai-khoan/", include("people.account_urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("nhan-su/", include("people.urls")),
    path("nhat-ky/", include("people.trail.urls")),
    path("thong-bao/", include("notifications.urls")),
    path("viec-cua-toi/", include("obligations.urls")),
    path("xac-minh/", include("papers.urls")),
    path("quyen-du-lieu/", include("rights.urls")),
    path("sang-kien/", include("ideas.urls")),
    path("y-tuong/", include("ideas.urls.suggestions")),
    path("dao-tao/", include("training.urls")),
    path("cuoc-thi/", include("competitions.urls")),
    path("ke-hoach/", include("plan.urls")),
    path("khao-sat/", include("plan.urls.survey_public")),
    path("quan-tri/login/", one_sign_in),
    re_path(r"^quan-tri/(password_reset|users|groups|failwhale|test404|embeds|bulk/people)/", not_here),
    re_path(r"^quan-tri/account/password", not_here),
    path("quan-tri/snippets/choose/<path:rest>", not_here),  # nothing of ours is chosen from another form
    path("quan-tri/logout/", require_POST(LogoutView.as_view())),  # Wagtail's drops the session on any GET
    path("quan-tri/", include(wagtailadmin_urls)),
    re_path(r"^_util/authenticate_with_password/", not_here),  # no page has a password of its own
    path("_util/login/", one_sign_in),  # Wagtail's sign-in for private pages: the same hole as above
    path("tai-lieu/<int:document_id>/<str:name>", document, name="wagtaildocs_serve"),
    path("", include("portal.urls")),
    path("", include(wagtail_urls)),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
