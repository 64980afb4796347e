import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

from portal.models import HomePage
from portal.tree import ensure_site
from tests.portal.builders import standard_page

pytestmark = pytest.mark.once


@pytest.mark.django_db
def test_a_new_installation_has_one_home_page_and_no_welcome():
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert list(Page.objects.order_by("path").values_list("title", flat=True)) == ["Root", "Trang chủ"]
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["vi"]


@pytest.mark.django_db
def test_making_the_site_again_changes_nothing():
    before = (Page.objects.count(), Site.objects.count(), GroupPagePermission.objects.count())
    home = HomePage.objects.get()
    home.title = "Cổng của phường"
    home.save()
    ensure_site()
    assert (Page.objects.count(), Site.objects.count(), GroupPagePermission.objects.count()) == before
    assert HomePage.objects.get().title == "Cổng của phường"


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_its_site_back(client):
    call_command("flush", interactive=False, verbosity=0)
    ensure_site()
    assert client.get("/").status_code == 200
    standard_page()
    assert client.get("/gioi-thieu/").status_code == 200


@pytest.mark.django_db
def test_editors_write_and_publishers_publish():
    def rights(group):
        permissions = GroupPagePermission.objects.filter(group__name=group)
        return set(permissions.values_list("permission__codename", flat=True))

    assert rights("editor") == {"add_page", "change_page"}
    assert "publish_page" in rights("publisher")
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Quy trình duyệt bài"]
