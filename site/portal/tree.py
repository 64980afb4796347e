"""The page tree as every installation and every test finds it, and who may write in it."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from trust.audit.context import untold

from .models import HomePage

EDITOR, PUBLISHER, ADMINISTRATOR = "editor", "publisher", "administrator"  # codes of people.roles
PAGE_RIGHTS = {
    EDITOR: {"add_page", "change_page"},
    PUBLISHER: {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
}
OUTAGE_RIGHTS = {"add_plannedoutage", "change_plannedoutage", "delete_plannedoutage", "view_plannedoutage"}
MEDIA_RIGHTS = {
    ("wagtailimages", "image"): ["add_image", "change_image", "choose_image"],
    ("wagtaildocs", "document"): ["add_document", "change_document", "choose_document"],
}
REDIRECT_RIGHTS = {"add_redirect", "change_redirect", "delete_redirect"}  # the publisher's
HOME_TITLE = "Trang chủ"
HOME_SLUG = "trang-chu"
WORKFLOW_NAME, TASK_NAME = "Quy trình duyệt bài", "Duyệt đăng"


@transaction.atomic
def ensure_site() -> HomePage:
    """Makes what is missing: the Vietnamese locale, root, home page, site, editors' rights, moderation.

    Safe to call again; what an editor changed since stays. Nobody's doing: the
    audit trail tells nothing of it.
    """
    with untold():
        return _ensure_site()


def _ensure_site():
    locale, _ = Locale.objects.get_or_create(language_code="vi")
    root = _ensure_root(locale)
    home = _ensure_home(root, locale)
    _ensure_default_site(home)
    _drop_welcome(root)
    _ensure_rights(home)
    _ensure_moderation(home)
    return home


def _ensure_root(locale):
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(
            title="Root", slug="root", locale=locale, content_type=ContentType.objects.get_for_model(Page)
        )
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return root


def _ensure_home(root, locale):
    home = HomePage.objects.first()
    if home is None:
        home = root.add_child(instance=HomePage(title=HOME_TITLE, slug=HOME_SLUG, locale=locale))
    return home


def _ensure_default_site(home):
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
    elif not isinstance(site.root_page.specific, HomePage):
        site.root_page = home
        site.save()


def _drop_welcome(root):
    """Wagtail's first migration leaves a page of its own, in English; it goes as long as nobody wrote it."""
    for page in root.get_children().filter(slug="home", content_type=ContentType.objects.get_for_model(Page)):
        if not page.get_children().exists() and page.latest_revision_id is None:
            page.delete()


def _ensure_rights(home):
    """On the home page and all below it: editors start there and cannot make a second one."""
    (access,) = _permissions("wagtailadmin", "admin", ["access_admin"])
    administrator, _ = Group.objects.get_or_create(name=ADMINISTRATOR)  # writes no page
    administrator.permissions.add(access, *_permissions("portal", "plannedoutage", OUTAGE_RIGHTS))
    collection = Collection.get_first_root_node()
    for name, codenames in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
        if name == PUBLISHER:
            group.permissions.add(*_permissions("wagtailredirects", "redirect", REDIRECT_RIGHTS))
        for permission in _permissions("wagtailcore", "page", codenames):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for (app_label, model), media_codenames in MEDIA_RIGHTS.items():
            for permission in _permissions(app_label, model, media_codenames):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _permissions(app_label, model, codenames):
    """The permission rows, made here when Django's own post_migrate has not come to that app yet."""
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    for codename in sorted(codenames):
        yield Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": codename.replace("_", " ")}
        )[0]


def _ensure_moderation(home):
    """An editor's page waits for a publisher. Wagtail's own groups and workflow make way."""
    publisher = Group.objects.get(name=PUBLISHER)
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME).first()
    if workflow is None:
        task = GroupApprovalTask.objects.create(name=TASK_NAME)
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
        task.groups.add(publisher)
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states__isnull=True).delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
