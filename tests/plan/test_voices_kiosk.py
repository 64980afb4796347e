"""A kiosk takes many answers within an hour; a poster does not give that away."""

from copy import deepcopy

import pytest

from plan.survey import answering
from tests.standing import standing

from . import voices_builders as voices
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def data():
    return {"level": "5", "stamp": answering.new_stamp()}


def test_whoever_guesses_the_kiosk_from_the_poster_answers_no_more_often_than_by_the_poster(ward, client):
    point = voices.point()
    for address in (f"/khao-sat/{point.code}/quay/", f"/khao-sat/{point.code}/quay/?may={'0' * 16}"):
        for _number in range(10):
            assert client.post(address, data()).status_code == 302
    assert client.post(f"/khao-sat/{point.code}/quay/", data()).status_code == 429
    assert client.post(f"/khao-sat/{point.code}/", data()).status_code == 429
    kiosk = f"/khao-sat/{point.code}/quay/?may={answering.kiosk_key(point)}"
    for _number in range(21):
        answer = client.post(kiosk, data())
        assert answer.status_code == 302
    thanks = client.get(answer.url).content.decode()
    assert f'href="{kiosk}"' in thanks  # it goes on as this kiosk
    other = voices.point(code="M3QM4TXD")
    assert client.post(kiosk.replace(point.code, other.code), data()).status_code == 429


def test_the_address_of_the_kiosk_stands_on_the_page_of_the_point(ward, client):
    point = voices.point()
    client.force_login(ward.dieuphoi)
    page = client.get(f"/ke-hoach/dieu-hanh/khao-sat/diem/{point.pk}/").content.decode()
    assert f"/khao-sat/{point.code}/quay/?may={answering.kiosk_key(point)}" in page
