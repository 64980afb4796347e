import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import fold, name_key, nfc, people_order

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
ACCENTED = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
NAMES = st.text(LETTERS + LETTERS.upper() + ACCENTED + ACCENTED.upper() + " ", max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("Thuý", "Thúy"),
        ("Nguyễn Hoàng Thuỵ", "nguyễn  hoàng THỤY"),
        ("Ðặng Văn Đức", "Đặng Văn Ɖức"),
        ("Trần\u00a0Thị\u200b Mai", "Trần Thị Mai"),
        (unicodedata.normalize("NFD", "Lưu Quyết Thắng"), "Lưu Quyết Thắng"),
        ("Ｌê Hoa", "Lê Hoa"),
    ],
)
def test_one_name_written_two_ways_has_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Hòa", "Hóa"), ("Hoa", "Hòa"), ("Đào", "Dào"), ("Lê", "Le"), ("Hòa An", "Hoa Àn")]
)
def test_different_names_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@given(NAMES)
def test_a_name_has_the_same_key_composed_or_not_and_keeps_it(name):
    key = name_key(name)
    assert name_key(unicodedata.normalize("NFD", name)) == key
    assert name_key(name.upper()) == key
    assert name_key(key) == key
    assert unicodedata.is_normalized("NFC", key)


@given(st.text(max_size=30))
def test_stored_text_is_composed_and_trimmed_whatever_came_in(text):
    stored = nfc(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert stored == stored.strip() == nfc(stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Trang\x0bhai\x0cba\x85bốn", "Trang hai ba bốn"),
        ("một\x00\x08\x1b\x7f\x9b hai", "một hai"),
        ("nửa \ud83d ký tự\ufffe\uffff", "nửa  ký tự"),
        ("hai\tcột\r\nhai dòng\n", "hai\tcột\r\nhai dòng"),
    ],
)
def test_what_no_xml_may_hold_is_never_stored(typed, stored):
    assert nfc(typed) == stored


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đổi mới", "doi moi"),
        ("ĐƯỜNG  Ðê", "duong de"),
        (unicodedata.normalize("NFD", "Số hóa hồ sơ"), "so hoa ho so"),
        ("Hoà", "hoa"),
        ("  họp\u00a0không giấy ", "hop khong giay"),
        ("", ""),
        (None, ""),
    ],
)
def test_search_finds_without_marks(text, folded):
    assert fold(text) == folded


@given(NAMES)
def test_folded_vietnamese_is_plain_ascii_and_stays(text):
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


@given(st.text(max_size=30))
def test_any_text_folds_to_itself_once_folded(text):
    assert fold(fold(text)) == fold(text)


def test_people_stand_by_given_name_then_family_then_middle_names():
    names = ["Vũ Thị Lan", "Đỗ Văn An", "Nguyễn Văn Ân", "Trần Văn Đức", "Bùi Văn Dũng", "Nguyễn Thị An"]
    assert sorted(names, key=people_order) == [
        "Đỗ Văn An",
        "Nguyễn Thị An",
        "Nguyễn Văn Ân",
        "Bùi Văn Dũng",
        "Trần Văn Đức",
        "Vũ Thị Lan",
    ]


def test_the_alphabet_is_the_vietnamese_one():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(sorted(letters), key=people_order) == letters


def test_tones_follow_level_huyen_hoi_nga_sac_nang_and_letters_count_first():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma", "mãi"], key=people_order) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mãi",
    ]
    assert people_order("Hoà") == people_order("Hòa") != people_order("Hóa")


def test_a_remark_in_brackets_and_an_empty_name_do_not_disturb_the_order():
    assert people_order("Nguyễn Văn An (dữ liệu mẫu)") == people_order("Nguyễn Văn An")
    assert people_order("(An)") != people_order("")
    assert people_order("") == ()


@given(NAMES, NAMES)
def test_names_with_one_key_stand_together(one, other):
    if name_key(one) == name_key(other):
        assert people_order(one) == people_order(other)
    assert people_order(one) == people_order(one.upper())
