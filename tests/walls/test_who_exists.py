"""Nobody learns who has an account: the same words, and the same work, for a name that exists and one that
does not. Work is counted in runs of the password hash, which a clock would only guess at."""

import re

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client

from tests.competitions import builders
from tests.ideas.builders import PASSWORD, make_user
from tests.portal.builders import site

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def hashes(monkeypatch):
    """Counts every run of the password hash, whoever asks for it."""
    runs, kind = [], hashers.get_hasher()
    encode = type(kind).encode

    def counted(self, password, salt):
        runs.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(type(kind), "encode", counted)
    return runs


@pytest.fixture
def people():
    site()
    make_user("canbo", "Lý Văn Thường")
    asleep = make_user("nghiviec", "Đỗ Thị Nghỉ")
    asleep.is_active = False
    asleep.save()
    unset = make_user("chuadat", "Trần Văn Chưa")
    unset.set_unusable_password()
    unset.save()


def signs_in(hashes, login, password="sai hoàn toàn 15"):
    cache.clear()
    hashes.clear()
    answer = Client().post("/tai-khoan/login/", {"login": login, "password": password})
    return answer.status_code, len(hashes), answer.content.decode()


def told(html, login):
    """What the page says, without what was typed and what is random in it."""
    return re.sub(r'value="[^"]*"|data-[a-z-]+="[^"]*"', "", html).replace(login, "")


@pytest.mark.parametrize("login", ["khongcoai", "khong@co.example", "canbo", "nghiviec"])
def test_a_wrong_sign_in_costs_one_run_of_the_hash_whoever_it_names(people, hashes, login):
    status, runs, html = signs_in(hashes, login)
    reference = signs_in(hashes, "canbo")
    assert (status, runs) == (reference[0], reference[1]) == (200, 1)
    assert told(html, login) == told(reference[2], "canbo")


def test_the_right_password_is_taken_so_that_the_count_means_something(people, hashes):
    status, runs, _html = signs_in(hashes, "canbo", PASSWORD)
    assert (status, runs) == (302, 1)


@pytest.mark.parametrize("address", ["canbo@hungdao.example", "khongcoai@hungdao.example"])
def test_a_forgotten_password_answers_alike_for_everybody(people, hashes, address):
    cache.clear()
    answer = Client().post("/tai-khoan/password/reset/", {"email": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tai-khoan/password/reset/done/")
    assert hashes == []


@pytest.mark.parametrize("address", ["hoa@thu.example", "khongcoai@thu.example"])
def test_proving_a_mailbox_answers_alike_for_everybody(address):
    builders.participant("hoa@thu.example")
    answer = Client().post("/cuoc-thi/ma/?viec=mine", {"email": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cuoc-thi/ma/nhap/?viec=mine")


@pytest.mark.parametrize(
    "path",
    [
        "/y-tuong/YT-AAAA-AAAA-AAAA-AAAA/",
        "/ke-hoach/vuong-mac/theo-doi/VM-AAAA-AAAA-AAAA-AAAA/",
        "/xac-minh/AAAAAAAA/",
    ],
)
def test_a_code_nobody_has_and_one_that_is_none_look_alike(path):
    site()
    cache.clear()
    unknown, malformed = (
        Client().get(path),
        Client().get(path.replace("A-AAAA/", "!/").replace("AAAAAAAA", "!!")),
    )
    assert unknown.status_code == malformed.status_code == 404
