"""What a password has to be, besides Django's own rules.

At least 14 characters, or 8 where a second factor stands beside it (TCVN 14423:2026, legal.md §6.4); not on
the list of 20,000 common ones (Django's validator); and not one of the habits here: one's own name, user name
or birthday, the ward's name, "mật khẩu", a year, a row of keys, however they are put together.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vietnamese.text import fold

from . import second_factor

ALONE, BESIDE_A_FACTOR = 14, 8
OF_ITS_OWN = 5  # letters and digits that must be left once the habits are taken away
_DIFFERENT = 5  # characters that differ from each other
_HABITS = (
    "mat khau",
    "password",
    "passw0rd",
    "admin",
    "quan tri",
    "can bo",
    "nhan vien",
    "phuong",
    "thanh pho",
    "viet nam",
    "vietnam",
    "xin chao",
    "anh yeu em",
    "em yeu anh",
    "yeu em",
    "gia dinh",
    "bo me",
    "hanh phuc",
    "khong biet",
    "khong nho",
    "doi moi",
    "sang tao",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1q2w3e4r",
    "1qaz2wsx",
    "abcdef",
    "abc",
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROW_OF_DIGITS = re.compile(
    r"(?:0?1234567890?|0?12345678|0?1234567|0?123456|0?12345|0?1234|987654321|654321|123)"
)


class LengthByProtection:
    """14 characters, or 8 with a second factor."""

    def validate(self, password, user=None):
        least = self._least(user)
        if len(password) < least:
            raise ValidationError(
                ngettext(
                    "The password must have at least %(least)d character.",
                    "The password must have at least %(least)d characters.",
                    least,
                )
                % {"least": least},
                code="password_too_short",
            )

    def get_help_text(self):
        return _(
            "At least %(alone)d characters, or %(beside)d where two-step sign-in is switched on. Several "
            "words that do not belong together are easy to remember."
        ) % {"alone": ALONE, "beside": BESIDE_A_FACTOR}

    @staticmethod
    def _least(user):
        has_factor = user is not None and user.pk and second_factor.has_one(user)
        return BESIDE_A_FACTOR if has_factor else ALONE


class NoHabits:
    """Something must be left of the password when habits are taken out of it."""

    def validate(self, password, user=None):
        plain = _plain(password)
        if len(set(plain)) < _DIFFERENT:
            raise ValidationError(
                _("The password repeats the same few characters. Mix several words."), code="password_repeats"
            )
        rest = plain
        for word in self._words(user):
            rest = rest.replace(word, "")
        rest = _ROW_OF_DIGITS.sub("", _YEAR.sub("", rest))
        if rest != plain and len(rest) < OF_ITS_OWN:
            raise ValidationError(
                _(
                    "The password is made of what is guessed first: your name or birthday, the ward, a year, "
                    "a row of digits. Add words that have nothing to do with you or the office."
                ),
                code="password_habit",
            )

    def get_help_text(self):
        return _("Not your name, user name or birthday, not the name of the ward, not a year alone.")

    @staticmethod
    def _words(user):
        """Longest first, so that a part is not taken out of its whole."""
        words = {_plain(word) for word in (*_HABITS, *settings.PASSWORD_HABITS)}
        if user is not None:
            words |= {_plain(user.username), _plain(user.email.partition("@")[0])}
            staff = getattr(user, "staff", None)
            if staff:
                names = staff.full_name.split()
                words |= {_plain(name) for name in (staff.full_name, staff.staff_code, *names)}
                words |= _birthdays(staff.birth_date)
        return sorted((word for word in words if len(word) > 1), key=len, reverse=True)


def _plain(text):
    """Letters and digits without marks, small; "@" and "$" and zero in the place of letters stay what they
    are."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _birthdays(day):
    if day is None:
        return set()
    return {f"{day:%d%m%Y}", f"{day:%d%m%y}", f"{day:%Y%m%d}", f"{day.day}{day.month}{day:%Y}", f"{day:%d%m}"}
