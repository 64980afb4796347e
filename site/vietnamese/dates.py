"""Dates as an official paper writes them."""


def long_date(day):
    """'ngày 06 tháng 02 năm 2026': days below 10 and months 1 and 2 with a 0 (NĐ 30/2020, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day):
    """'06/02/2026'."""
    return f"{day:%d/%m/%Y}"
