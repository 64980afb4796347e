"""Shares add up exactly; equal content has one hash. No database."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing.canonical import fingerprint
from ideas.progress import total_line
from ideas.shares import WHOLE, ShareRefused, even_shares, missing_share, parse_share
from ideas.versions import canonical, digest
from vietnamese.numbers import format_decimal
from vietnamese.text import nfc


@given(st.integers(1, 200))
def test_even_shares_make_exactly_a_hundred(count):
    shares = even_shares(count)
    assert sum(shares) == WHOLE
    assert len(shares) == count
    assert all(share == share.quantize(Decimal("0.01")) and share > 0 for share in shares)
    assert shares[0] >= shares[-1]


@given(st.integers(1, 10_000))
def test_every_share_survives_being_written_and_read(hundredths):
    share = Decimal(hundredths) / 100
    assert parse_share(format_decimal(share, 2, "vi")) == share
    assert parse_share(f"{share:f}") == share


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("33,333", "too_many_places"),
        ("0", "not_positive"),
        ("-5", "not_positive"),
        ("100,01", "over_100"),
        ("abc", "not_a_number"),
        ("", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e1", "not_a_number"),
    ],
)
def test_what_is_no_share_is_refused_with_its_reason(text, code):
    with pytest.raises(ShareRefused) as refused:
        parse_share(text)
    assert refused.value.code == code


@given(st.lists(st.integers(1, 10_000).map(lambda n: Decimal(n) / 100), max_size=12))
def test_the_total_and_what_is_lacking_always_make_a_whole(shares):
    total, lacking, sentence, whole = total_line(shares)
    assert total + lacking == WHOLE
    assert whole == (sum(shares) == WHOLE)
    assert missing_share(shares) == lacking
    assert format_decimal(total, 2) in sentence


content = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=20).map(nfc),
        st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        st.decimals(0, 100, places=2),
    ),
    max_size=5,
)


@given(content, content)
def test_contents_have_one_hash_exactly_when_they_are_written_alike(one, other):
    assert (digest(canonical(one)) == digest(canonical(other))) == (canonical(one) == canonical(other))
    assert canonical(dict(reversed(one.items()))) == canonical(one)


def test_the_order_of_authors_is_content_and_the_order_of_fields_is_not():
    first, second = (
        {"full_name": "A", "share": Decimal("60.00")},
        {"full_name": "B", "share": Decimal("40.00")},
    )
    assert canonical({"authors": [first, second]}) != canonical({"authors": [second, first]})
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_text_composed_or_decomposed_is_the_same_content():
    assert fingerprint(nfc(unicodedata.normalize("NFD", "Đổi mới"))) == fingerprint("Đổi mới")
    assert canonical({"title": unicodedata.normalize("NFD", "Đổi mới")}) == canonical({"title": "Đổi mới"})


@given(st.text(max_size=30), st.text(max_size=30))
def test_fingerprints_tell_values_apart(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (canonical(one) == canonical(other))
