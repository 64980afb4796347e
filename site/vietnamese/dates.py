"""Dates in words: "thứ Sáu, 18/12/2026", "17:00 thứ Sáu, 18/12/2026"; English too.

Weekdays are written as NĐ 30/2020/NĐ-CP, Phụ lục II has them: thứ Hai … thứ Bảy, Chủ nhật.
"""

from datetime import datetime

from django.utils import timezone

from .numbers import language_code

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def spoken_date(day, language=None):
    """The local date with its weekday. A moment is taken to the portal's time zone first.

    Raises ValueError for a moment without a time zone.
    """
    day = local_day(day)
    return f"{_WEEKDAYS[language_code(language)][day.weekday()]}, {day:%d/%m}/{day.year:04}"


def spoken_moment(moment, language=None):
    """Local time, weekday and date. Raises ValueError for a moment without a time zone."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M} {spoken_date(local, language)}"


def local_day(day):
    """The local date of a date or an aware moment."""
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def long_date(day):
    """'ngày 06 tháng 02 năm 2026': days below 10 and months 1 and 2 with a 0 (NĐ 30/2020, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day):
    """'06/02/2026', in every language: what stands on papers."""
    return f"{day:%d/%m/%Y}"
