"""Which pages are looked at: each public kind by name; for people who are signed in, where a walk leads."""

from dataclasses import dataclass

from .content import ARTICLE

# Whoever finds most on their pages; the editor's pages are Wagtail's own.
READERS = ("tacgia", "thuky", "chutich", "hoidong1", "lanhdao", "nhansu", "daotao", "quantri")
START = "/viec-cua-toi/"
MEASURED = ("home", "article", "initiative", "search")  # by Lighthouse and axe


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    status: int = 200


def public_pages():
    """Every kind of page the public gets, those that no link leads to as well."""
    return [
        Page("home", "/"),
        Page("news index", "/tin-tuc/"),
        Page("article", f"/tin-tuc/{ARTICLE}/"),
        Page("standard page", "/gioi-thieu/"),
        Page("standard page with all blocks", "/gioi-thieu/du-khoi/"),
        Page("library", "/van-ban/"),
        Page("plan", "/ke-hoach/"),
        Page("plan progress", "/ke-hoach/tien-do/"),
        Page("plan target", "/ke-hoach/tien-do/A9/"),
        Page("plan tasks", "/ke-hoach/tien-do/nhiem-vu/"),
        Page("questions", "/hoi-dap/"),
        Page("contact", "/lien-he/"),
        Page("site map", "/so-do-trang/"),
        Page("initiatives", "/sang-kien/"),
        Page("initiative", _an_initiative()),
        Page("search", "/tim-kiem/?q=so+hoa"),
        Page("search not begun", "/tim-kiem/"),
        Page("search without a hit", "/tim-kiem/?q=khongcogi"),
        Page("training", "/dao-tao/"),
        Page("training calendar", "/dao-tao/lich/"),
        Page("session", _a_session()),
        Page("events calendar", "/lich/"),
        Page("open data", "/du-lieu-mo/"),
        Page("open data guide", "/du-lieu-mo/cho-lap-trinh/"),
        Page("verification form", "/xac-minh/"),
        Page("certificate valid", _a_certificate("valid")),
        Page("certificate revoked", _a_certificate("revoked")),
        Page("certificate unknown", "/xac-minh/AAAAAAAA/", 404),
        Page("sign-in", "/tai-khoan/login/"),
        Page("password forgotten", "/tai-khoan/password/reset/"),
        Page("registration closed", "/tai-khoan/signup/"),
        Page("nothing there", "/khong-co/", 404),
    ]


def _an_initiative():
    from ideas.publication import published

    return f"/sang-kien/{published()[0].code}/"


def _a_session():
    from django.utils import timezone

    from portal.happenings import happenings

    return happenings(timezone.localdate())[0].path


def _a_certificate(state):
    from papers.models import Certificate

    return f"/xac-minh/{Certificate.objects.filter(state=state).first().code}/"
