"""What sample dossiers need around them: the council's appointment, the head's delegation, review rounds."""

from datetime import timedelta

from ideas.models import Appointment, Delegation, Round, Rubric, Seat
from people.models import Staff

from . import texts


class NoRubric(LookupError):
    """The rubrics of the portal are missing: migrate has not run to its end."""


def make_setting(calendar):
    """(appointment, [closed round, open round])."""
    council = texts.council()
    people = {
        staff.user.username: staff for staff in Staff.objects.select_related("user").filter(is_sample=True)
    }
    start = calendar.day(council["days_ago"])
    appointment = Appointment.objects.create(
        decision_number=council["decision_number"],
        decided_on=start,
        start_on=start,
        end_before=start + timedelta(days=council["term_days"]),
        is_sample=True,
    )
    Seat.objects.bulk_create(
        Seat(appointment=appointment, number=number, role=role, staff=people[username])
        for number, (username, role) in enumerate(council["seats"], start=1)
    )
    given = council["delegation"]
    since = calendar.day(given["days_ago"])
    Delegation.objects.create(
        deputy=people[given["username"]],
        document_number=given["document_number"],
        start_on=since,
        end_before=since + timedelta(days=given["days"]),
    )
    rounds = [
        make_round(
            appointment,
            calendar.moment(values["opens_days_ago"], 8),
            calendar.moment(values["closes_days_ago"], 17),
            calendar.day(values["scoring_due_days_ago"]),
        )
        for values in council["rounds"]
    ]
    return appointment, rounds


def make_round(appointment, opens_at, closes_at, scoring_due_on):
    """A round with the next free number of the year it opens in."""
    rubric = Rubric.objects.default()
    if rubric is None:
        raise NoRubric("no default rubric")
    year = opens_at.year
    last = Round.objects.filter(year=year).order_by("-number").values_list("number", flat=True).first()
    return Round.objects.create(
        year=year,
        number=(last or 0) + 1,
        opens_at=opens_at,
        closes_at=closes_at,
        scoring_due_on=scoring_due_on,
        rubric=rubric,
        appointment=appointment,
        is_sample=True,
    )
