"""The editor's own interface for scripts: the framework exempts it from Django's guard. Here it takes no form
at all (no parser is set), so nothing is published past the editor, with a token or without."""

import pytest
from django.test import Client

from tests.portal.builders import site, standard_page
from tests.portal.test_editing import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("token", [False, True])
def test_no_page_is_published_past_the_editor(token):
    site()
    page = standard_page(live=False)
    client = Client(enforce_csrf_checks=True)
    client.force_login(member_of("publisher"))
    client.get(f"/quan-tri/pages/{page.pk}/edit/")
    headers = {"x-csrftoken": client.cookies["csrftoken"].value} if token else {}
    answer = client.post(f"/quan-tri/api/main/pages/{page.pk}/action/publish/", headers=headers)
    page.refresh_from_db()
    assert (answer.status_code, page.live) == (415, False)
