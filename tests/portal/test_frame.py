import pytest

from people.models import User
from tests.html import assert_sound
from tests.portal.builders import site

pytestmark = pytest.mark.django_db


def test_probe(client):
    site()
    r = client.get("/")
    assert r.status_code == 200
    print(r.content.decode())
    assert not r.cookies
    assert_sound(r.content)
    r = client.get("/khong-co/")
    assert r.status_code == 404
    assert_sound(r.content)
    u = User.objects.create_user("ngoc", password="x")
    client.force_login(u)
    r = client.get("/")
    assert_sound(r.content)
