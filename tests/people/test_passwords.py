"""How long a password is, and what it may not lean on."""

from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.people.test_sign_in import with_totp

from .builders import account, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def an():
    an = account("HD-0007")
    staff("HD-0007", "Nguyễn Thị Ánh Tuyết", user=an, birth_date=date(1980, 5, 12))
    return an


def codes(password, user):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password", ["bảy con ong xanh mướt", "mot-mat-khau-moi-2027", "Ghế gỗ nằm nghiêng 41", "kXz81qTmPw03Lb"]
)
def test_words_that_do_not_belong_together_pass(an, password):
    assert codes(password, an) == set()


def test_fourteen_characters_alone_eight_beside_a_second_factor(an):
    assert codes("gheconong41zx", an) == {"password_too_short"}  # 13
    assert codes("gheconong41zxw", an) == set()  # 14
    with_totp(an)
    an.__dict__.pop("has_second_factor", None)
    assert codes("ghecon4", an) == {"password_too_short"}  # 7
    assert codes("ghecon41", an) == set()  # 8


@pytest.mark.parametrize(
    "password",
    [
        "PhuongHungDao@2026",
        "Phường Hưng Đạo 2026",
        "hungdaohaiphong123",
        "ubndphuonghungdao",
        "matkhau12345678",
        "Mật khẩu 2026!!!!",
        "HD-0007-HD-0007",
        "hd0007hungdao2026",
        "NguyenThiAnhTuyet80",
        "anhtuyet12051980",
        "AnhTuyet@120580",
        "anhyeuem12345678",
        "qwertyuiop123456",
        "Vietnam@123456789",
    ],
)
def test_habits_are_refused_however_they_are_put_together(an, password):
    assert codes(password, an) & {
        "password_habit",
        "password_repeats",
        "password_too_similar",
        "password_too_common",
    }


def test_a_few_characters_over_and_over_are_refused(an):
    assert "password_repeats" in codes("abababababababab", an)


def test_the_common_list_is_asked(an):
    with_totp(an)
    an.__dict__.pop("has_second_factor", None)
    assert "password_too_common" in codes("sunshine1", an)


def test_long_ones_are_allowed(an):
    assert codes("ghế gỗ nằm nghiêng " * 8, an) == set()
