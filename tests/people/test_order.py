"""Search keys and the Vietnamese order of names."""

from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import fold, name_key, order_key


def test_people_are_listed_by_given_name_the_vietnamese_way():
    names = [
        "Vũ Đức Bình",
        "Lê An",
        "Trần Ân",
        "Phạm Ánh",
        "Đỗ Anh",
        "Nguyễn Văn Ẩn",
        "Lê Ăn",
        "Ngô Dũng",
        "Bùi Đào",
    ]
    listed = ["Lê An", "Đỗ Anh", "Phạm Ánh", "Lê Ăn", "Trần Ân", "Nguyễn Văn Ẩn", "Vũ Đức Bình", "Ngô Dũng"]
    assert sorted(names, key=order_key) == [*listed, "Bùi Đào"]


def test_equal_given_names_are_told_apart_by_the_rest():
    assert sorted(["Trần Thị Hòa", "Lê Thị Hòa", "Hòa"], key=order_key) == [
        "Hòa",
        "Lê Thị Hòa",
        "Trần Thị Hòa",
    ]


def test_folding_takes_marks_off():
    assert fold("  Đỗ  Thuý HOÀ ") == "do thuy hoa"


@given(st.text(max_size=40))
def test_keys_never_fail_and_are_stable(text):
    assert fold(name_key(text)) == fold(text)
    assert all(c.isascii() for c in order_key(text))
