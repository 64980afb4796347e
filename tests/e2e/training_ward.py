"""People, units and a course for the browser journeys of training, and the board as a reader sees it."""

import re
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone

from people.models import Unit, User
from people.roles import Role
from tests.training import builders as b
from tests.training import session_builders as made
from training.models import Course

PASSWORD = "only-for-tests-14"
HOME, BOARD = "/dao-tao/", "/dao-tao/ty-le/"


@dataclass(frozen=True)
class Ward:
    culture: Unit
    office: Unit
    course: Course
    officer: User  # "daotao", the training officer, on the roster of the office

    def official(self, username, full_name, unit, *roles, **more):
        """Somebody in service since 2020 with an account."""
        return made.account(username, *roles, full_name=full_name, in_unit=unit, **more)


def make_ward(*years):
    """Two divisions below the ward, a course that counts for digital skills in `years` (this one)."""
    top = b.unit("HD", name="Phường Hưng Đạo")
    culture = b.unit("VHXH", top, name="Phòng Văn hóa - Xã hội")
    office = b.unit("VP", top, name="Văn phòng HĐND và UBND")
    course = b.course("KNS", years=years or (timezone.localdate().year,))
    officer = made.account(
        "daotao", Role.TRAINING_OFFICER, full_name="Trần Thị Đào", in_unit=office, code="HD-0900"
    )
    return Ward(culture, office, course, officer)


def all_day(ward, **fields):
    """A session of today that has begun and is not over, whatever the hour the tests run."""
    fields = {"begins": time(0, 0), "ends": time(23, 59), "credit_minutes": 180} | fields
    fields.setdefault("on", timezone.localdate())
    return b.session(ward.course, organiser=ward.officer, **fields)


def figures_on_the_board(window, day: date):
    """{unit: (trained, exempt, not due, missing, in all)} as the board of that day shows it, and the sum."""
    page = window.go(f"{BOARD}?year={day.year}&day={day:%d/%m/%Y}&song=1")
    rows = page.locator("#so-lieu table tr:has(td)").all()
    return {first_line(row.locator("th")): _numbers(row) for row in rows}


def _numbers(row):
    return tuple(int(re.match(r"\d+", cell)[0]) for cell in row.locator("td").all_inner_texts()[:5])


def first_line(locator):
    return locator.inner_text().strip().splitlines()[0]
