"""Signing in beside a form that stands open: who this browser is, and the page its second tab ends on."""

import pytest
from django.test import Client

from tests.html import assert_sound

from .builders import account

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WHO, SIGNED_IN = "/nhan-su/phien/", "/nhan-su/phien/da-vao/"


def test_nobody_is_nobody_and_is_given_no_token(client):
    answer = client.get(WHO)
    assert answer.json() == {"writer": "", "name": "", "token": ""}
    assert "no-store" in answer["Cache-Control"]


def test_whoever_is_signed_in_is_named_with_the_form_token_of_now():
    an, client = account("an"), Client(enforce_csrf_checks=True)
    client.force_login(an)
    said = client.get(WHO).json()
    assert (said["writer"], said["name"]) == (str(an.pk), an.display_name)
    sent = client.post("/nhan-su/giu/bo/", {"page": "/"}, headers={"X-CSRFToken": said["token"]})
    assert sent.status_code == 302


def test_the_second_tab_ends_on_a_page_that_leads_back(client):
    assert client.get(SIGNED_IN).url == f"/tai-khoan/login/?next={SIGNED_IN}"
    an = account("an")
    client.force_login(an)
    page = client.get(SIGNED_IN)
    assert_sound(page.content)
    assert an.display_name in page.content.decode()
