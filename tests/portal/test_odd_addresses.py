"""Whatever stands in an address or a query, the answer is a page, a list or "not found", never an error."""

import pytest

from portal.models import HomePage
from tests.html import assert_sound
from tests.portal.builders import article, news_index, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ODD = {
    "nul": "%00",
    "half-a-character": "%ED%A0%80",
    "no-utf8": "%FF%FE",
    "backwards": "%E2%80%AEcod",
    "arabic-digit": "%D9%A3",
    "superscript": "%C2%B2",
    "negative": "-1",
    "fraction": "1e9",
    "huge": "9" * 5000,
    "sql": "'%20OR%201=1--",
    "html": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7*7%7D%7D",
    "up": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
}
IN_PATH = (
    "/{}/",
    "/tin-tuc/{}/",
    "/media/images/{}.jpg",
    "/tai-lieu/1/{}",
    "/sang-kien/{}/",
    "/xac-minh/{}/",
)
IN_PATH += ("/dao-tao/buoi/{}/", "/dao-tao/lich/{}.ics", "/du-lieu-mo/v1/{}/", "/du-lieu-mo/v1/{}.csv")
IN_QUERY = (
    "/?x={0}",
    "/tin-tuc/?page={0}&nam={0}&chuyen-muc={0}",
    "/van-ban/?page={0}&nam={0}&loai={0}",
    "/sang-kien/?page={0}&q={0}&field={0}&unit={0}&year={0}",
    "/tim-kiem/?q=tin{0}&page={0}&nam={0}&loai={0}",
    "/lich/?thang={0}",
    "/dao-tao/lich/?thang={0}",
    "/xac-minh/?code={0}",
)


@pytest.fixture
def pages():
    index = news_index()
    page = article("Tin", "tin", index, live=False)
    page.save_revision().publish()
    standard_page("Văn bản", "van-ban")


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_in_a_path_it_is_not_found(client, pages, odd):
    asked = [address.format(odd[:900]) for address in IN_PATH]
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 404)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_in_a_query_it_is_set_aside(client, pages, odd):
    asked = [address.format(odd) for address in IN_QUERY]
    answers = [client.get(address) for address in asked]
    assert [answer.status_code for answer in answers] == [200] * len(asked)
    assert not [answer for answer in answers if "<script>alert" in answer.content.decode()]


def test_a_thousand_names_in_a_query_are_refused_and_repeated_ones_are_not(client, pages):
    assert client.get("/tin-tuc/?" + "&".join(f"a{n}=1" for n in range(1001))).status_code == 400
    assert client.get("/tin-tuc/?" + "page=2&" * 900).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:x", "", "a b"])
def test_a_wrong_host_is_refused_in_words(client, pages, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400 and "Địa chỉ hoặc yêu cầu không hợp lệ" in answer.content.decode()
    assert_sound(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "*", "en-US,en;q=0.5", ",;q=", "x" * 5000, "\u0111"])
def test_what_languages_a_browser_names_changes_nothing(client, pages, language):
    answer = client.get("/", headers={"Accept-Language": language, "X-Forwarded-Host": "evil.example"})
    assert answer.content == client.get("/").content and b'<html lang="vi"' in answer.content


def test_the_page_tree_has_one_address_for_each_page(client, pages):
    assert HomePage.objects.get().url == "/"
    for other in ("/TIN-TUC/", "/tin-tuc//", "/trang-chu/", "/tin-tuc/tin/tin/", "/tin-tuc/%3Fpage=2"):
        assert client.get(other).status_code == 404, other
