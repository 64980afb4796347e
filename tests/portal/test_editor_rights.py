"""Who opens what in Wagtail's editor, address by address with real things behind each; and that no hand-made
request changes what its sender's role does not let them change."""

import json
import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpResponse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction, Site, Task, Workflow

import config.urls
from people.models import User
from portal.models import PlannedOutage
from tests.house.test_crawler import addresses
from tests.portal.builders import article, news_index, site, standard_page
from tests.portal.test_editing import form, member_of
from tests.portal.test_freshness import outage
from tests.portal.test_media import file, picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    # Wagtail leaves the temporary file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
DRAFT = "Chua cong bo QQQ"
OUTAGES = "wagtailsnippets_portal_plannedoutage"

# ---- the golden lists: names of addresses that answer 200 by GET
OF_ADMINISTRATORS = {
    *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_dismissibles", "portal_rating_report"),
    *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"),
    *(f"{OUTAGES}:{name}" for name in ("list", "list_results", "add", "edit", "delete", "copy", "usage")),
    *(f"{OUTAGES}:{name}" for name in ("history", "history_results")),
}
OF_PUBLISHERS_ALONE = {
    *("wagtailadmin_pages:set_privacy", "wagtailadmin_pages:set_page_position"),
    *("wagtailadmin_pages:revisions_unschedule", "wagtailadmin_pages:unpublish"),
    *("wagtailadmin_reports:locked_pages", "wagtailadmin_reports:locked_pages_results"),
    *(f"wagtailredirects:{name}" for name in ("index", "index_results", "add", "edit", "delete")),
    "wagtailredirects:start_import",
}
# Views that read the ?id= of their address have one of these words in their names.
READ_ID = re.compile("_api:|bulk|multiple|preview")
OF_NEITHER = ("wagtailadmin_collections", "wagtailsites", OUTAGES, "wagtailusers", "wagtailembeds")


@pytest.fixture(autouse=True)
def _short_refusals(monkeypatch):
    """Hundreds of refusals: their pages (tests/config/test_errors.py) are not drawn here."""
    monkeypatch.setattr(config.urls, "handler403", lambda request, exception=None: HttpResponse(status=403))
    monkeypatch.setattr(config.urls, "handler404", lambda request, exception=None: HttpResponse(status=404))


@pytest.fixture
def world():
    home, index = site(), news_index()
    live = standard_page(summary="Đang đăng")
    live.save_revision().publish()
    draft = article(DRAFT, "nhap", index, live=False)
    draft.save_revision()
    people = {role: member_of(role) for role in ("editor", "publisher", "administrator")}
    people["superuser"] = User.objects.create_superuser("sieu", "sieu@hungdao.example", "x")
    for user in people.values():
        user.email = f"{user.username}@hungdao.example"
        user.save()
    made = {"draft": draft, "live": live, "index": index, "home": home, "image": picture(), "file": file()}
    made |= {"outage": outage(), "redirect": Redirect.add_redirect("/a", "/b"), "task": Task.objects.get()}
    return SimpleNamespace(**made, workflow=Workflow.objects.get(), site=Site.objects.get(), people=people)


def keys(world, about):
    """What the parts of an address name, in a world where each is there."""
    by_part = {
        **{"page_id": about.pk, "page_to_move_id": about.pk, "parent_page_id": world.index.pk},
        **{"destination_id": world.home.pk, "revision_id": about.latest_revision_id, "collection_id": 1},
        **{"image_id": world.image.pk, "document_id": world.file.pk, "redirect_id": world.redirect.pk},
        **{"app_label": "wagtailcore", "model_name": "page", "content_type_app_name": "portal"},
        **{"content_type_model_name": "articlepage", "action": "delete", "slug": "nhap", "position": 1},
        **{"revision_id_a": "earliest", "revision_id_b": "latest", "filter_spec": "width-100"},
    }
    by_place = {
        **{"plannedoutage": world.outage, "workflows/tasks": world.task, "workflows": world.workflow},
        **{"sites": world.site, "redirects": world.redirect, "documents": world.file, "images": world.image},
    }
    return by_part, by_place


def editor_addresses(world, about):
    """(name, path) of everything under /quan-tri/."""
    by_part, by_place = keys(world, about)
    for route, namespaces, pattern in addresses():
        if route.startswith("quan-tri/") and pattern.name:
            thing = next((thing for part, thing in by_place.items() if part in route), about)

            def filled(part, thing=thing):
                return str(by_part.get(part[1], thing.pk))

            path = re.sub(r"<(?:\w+:)?(\w+)>", filled, route)
            path = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\))?[^()]*\)", filled, path)
            path = re.sub(r"[\^$?]|\\Z", "", path.replace("\\.", ".").replace("\\-", "-"))
            yield ":".join([*namespaces, pattern.name]), f"/{path}?id={about.pk}"


def others_about(world, about, before):
    """(name, path) of what answers about this page otherwise than about the one `before` it."""
    met = {path.partition("?")[0] for _name, path in editor_addresses(world, before)}
    for name, path in editor_addresses(world, about):
        if READ_ID.search(name) or path.partition("?")[0] not in met:
            yield name, path


def text_of(answer):
    body = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")
    return body if "json" not in answer.headers.get("Content-Type", "") else json.dumps(json.loads(body))


def opened(client, world, role, asked):
    """{name: text} of those asked that answer 200; in none of it stands where others are to be written to."""
    client.raise_request_exception = False
    client.force_login(world.people[role])
    answers = {name: client.get(path) for name, path in asked}
    found = {name: text_of(answer) for name, answer in answers.items() if answer.status_code == 200}
    others = [user.email for user in world.people.values() if user != world.people[role]]
    assert [name for name, text in found.items() if any(mail in text for mail in others)] == []
    return found


def test_an_administrator_is_let_to_outages_and_ratings_and_reads_no_draft(client, world):
    found = opened(client, world, "administrator", editor_addresses(world, world.draft))
    assert set(found) == OF_ADMINISTRATORS
    assert [name for name, text in found.items() if DRAFT in text] == []


def test_a_publisher_opens_these_and_an_editor_does_not(client, world):
    draft, live = world.draft, world.live
    mine = {
        role: {
            *opened(client, world, role, editor_addresses(world, draft)),
            *opened(client, world, role, others_about(world, live, draft)),
        }
        for role in ("editor", "publisher", "superuser")
    }
    assert mine["publisher"] - mine["editor"] == OF_PUBLISHERS_ALONE and mine["editor"] < mine["publisher"]
    assert [name for name in mine["publisher"] if name.startswith(OF_NEITHER)] == []
    assert [name for name in mine["superuser"] if name.startswith(("wagtailusers", "wagtailembeds"))] == []


# ---- hand-made requests


KEPT = (PageViewRestriction, Redirect, Collection, Site, Task, Workflow, PlannedOutage, GroupPagePermission)
OF_PAGES = ("pk", "path", "slug", "title", "live", "locked", "expired")
OF_PEOPLE = ("pk", "username", "first_name", "email", "is_active", "groups")


def state():
    """All that an editor's request might change of what others see or may do."""
    pages = Page.objects.filter(Q(live=True) | Q(title=DRAFT)).order_by("pk")
    return [
        *(list(model.objects.order_by("pk").values()) for model in KEPT),
        list(pages.values(*OF_PAGES)),
        list(User.objects.order_by("pk", "groups").values(*OF_PEOPLE)),
        list(Group.objects.order_by("pk", "permissions").values("name", "permissions")),
    ]


def not_theirs(world, me):
    """(address, what is sent) of what neither an editor nor an administrator may do."""
    live, draft, other = world.live.pk, world.draft.pk, world.people["publisher"].pk
    groups = dict(Group.objects.values_list("name", "pk"))
    password = {"password1": "mật khẩu dài đủ", "password2": "mật khẩu dài đủ"}
    copy = {"new_title": "B", "new_slug": "b", "new_parent_page": world.home.pk}
    yield f"pages/{live}/edit/", form(title="Lén", slug="len", **{"action-publish": "x"})
    yield f"pages/{live}/copy/", copy | {"publish_copies": "on", "alias": "on"}
    for act in ("unpublish", "delete", "privacy", "lock", "convert_alias", f"move/{world.index.pk}/confirm"):
        yield f"pages/{live}/{act}/", {"restriction_type": "login"}
    yield f"pages/{live}/revisions/{world.live.latest_revision_id}/revert/", {}
    yield f"bulk/wagtailcore/page/publish/?id={draft}", {"include_descendants": "on"}
    yield f"bulk/wagtailcore/page/unpublish/?id={live}", {"include_descendants": "on"}
    yield f"bulk/wagtailcore/page/delete/?id={live}", {}
    yield f"bulk/wagtailcore/page/move/?id={live}", {"chooser": world.index.pk}
    yield f"bulk/people/user/delete/?id={other}", {}
    yield f"bulk/people/user/assign_role/?id={me}", {"role": groups["publisher"]}
    yield f"bulk/people/user/set_active_state/?id={other}", {"mark_as_active": ""}
    yield "redirects/add/", {"old_path": "/x", "redirect_link": "/y", "site": "", "redirect_page": ""}
    yield f"redirects/{world.redirect.pk}/delete/", {}
    yield "collections/add/", {"name": "Thư mục", "parent": 1}
    yield "workflows/add/", {"name": "Tự duyệt", "active": "on"}
    yield f"workflows/disable/{world.workflow.pk}/", {}
    yield f"workflows/tasks/disable/{world.task.pk}/", {}
    approval = {"name": "Tự duyệt", "groups": [groups["editor"]]}
    yield "workflows/task_chooser/create/?task_type=wagtailcore.groupapprovaltask", approval
    yield f"sites/edit/{world.site.pk}/", {"hostname": "x.example", "port": 80, "root_page": world.home.pk}
    yield "users/new/", {"username": "moi", **password}
    yield "groups/new/", {"name": "moi"}
    yield "account/", {"name_email-first_name": "Chủ tịch", "name_email-email": "x@y.example"}


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_what_only_a_publisher_does_stays_undone(client, world, role):
    client.raise_request_exception = False
    client.force_login(world.people[role])
    before = state()
    for address, sent in not_theirs(world, world.people[role].pk):
        client.post(f"/quan-tri/{address}", sent)
        assert state() == before, address


def test_a_superuser_changes_no_account_past_its_log(client, world):
    client.force_login(world.people["superuser"])
    before = state()
    for act in ("delete", "assign_role", "set_active_state"):
        address = f"/quan-tri/bulk/people/user/{act}/?id={world.people['editor'].pk}"
        sent = {"role": Group.objects.get(name="publisher").pk, "mark_as_active": ""}
        assert client.post(address, sent).status_code == 404
    assert state() == before


def test_a_link_signs_nobody_out_of_the_editor(client, world):
    client.force_login(world.people["editor"])
    assert client.get("/quan-tri/logout/").status_code == 405
    assert client.get("/quan-tri/").status_code == 200
    client.post("/quan-tri/logout/")
    assert client.get("/quan-tri/").status_code == 302
