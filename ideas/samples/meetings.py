"""The council's sample meetings, through the door of meetings: invited, opened, roll, votes, closed."""

from datetime import timedelta

from ideas import meetings
from ideas.files import SCAN, store_signed_file
from ideas.models import Meeting
from ideas.sitting import Sitting
from ideas.votes import Ballots
from people.samples.calendar import at

from .evidence import page

HOUR = 14


def invite(stage, meeting, items, moment):
    """A meeting is planned with its agenda, and every seat invited."""
    stage.meetings[meeting["key"]] = meetings.plan_meeting(
        stage.people["thuky"],
        stage.appointment,
        starts_at=at(stage.calendar.day(meeting["days_ago"]), HOUR),
        place=meeting["place"],
        initiatives=[stage.dossier(item["key"]) for item in items],
        now=moment,
    ).pk


def hold(stage, meeting, items, moment):
    """The meeting is held and closed. Returns the moment it ended."""
    told = _Told(stage, meeting)
    told.do(meetings.open_meeting)
    told.do(meetings.take_roll, *_roll(stage, meeting))
    for item in items:
        told.minutes(12)
        _vote(stage, told, meeting, item)
    told.minutes(10)
    told.do(meetings.close_meeting, meeting["conclusion"])
    return told.now


class _Told:
    """The secretary at the keyboard: each step on the meeting as it stands, some minutes after the last."""

    def __init__(self, stage, meeting):
        self.secretary = stage.people["thuky"]
        self.pk = stage.meetings[meeting["key"]]
        self.now = self.meeting.starts_at + timedelta(minutes=5)

    @property
    def meeting(self):
        return Meeting.objects.select_related("appointment").get(pk=self.pk)

    def minutes(self, count):
        self.now += timedelta(minutes=count)

    def do(self, step, *arguments, item=None, **options):
        meeting = self.meeting
        subject = meeting.items.get(initiative=item) if item else meeting
        version = meeting.edit_version
        step(self.secretary, subject, *arguments, base_version=version, now=self.now, **options)


def _roll(stage, meeting):
    """`({seat: present}, {seat: why not})`."""
    present, reasons = {}, {}
    for seat in stage.appointment.seats.select_related("staff__user"):
        reason = meeting["absent"].get(seat.staff.user.username, "")
        present[seat.pk], reasons[seat.pk] = not reason, reason
    return present, reasons


def _vote(stage, told, meeting, item):
    initiative = stage.dossier(item["key"])
    able = sorted(Sitting(told.meeting, told.now).able(initiative))
    agreed = item["votes_for"]
    told.do(meetings.choose_mode, meeting["mode"], item=initiative)
    if meeting["mode"] == "open":
        cast = {seat: nth < agreed for nth, seat in enumerate(able)}
        told.do(meetings.record_open_vote, cast, item["conclusion"], item=initiative)
        return
    if not told.meeting.counters.exists():
        told.do(meetings.name_counters, *_counters(told))
    count = len(able)
    ballots = Ballots(count, count, count, 0, agreed, count - agreed)
    file = store_signed_file(_tally(initiative, ballots), "tallies", policy=SCAN)
    told.do(meetings.record_secret_ballot, ballots, item["conclusion"], item=initiative, file=file)


def _counters(told):
    """(leader's seat, the others'): the last members present, concerned by nothing on the agenda."""
    sitting = Sitting(told.meeting, told.now)
    items = meetings.items_of(told.meeting)
    free = [
        seat.pk
        for seat in sitting.council.seats
        if seat.role == "member"
        and sitting.is_present(seat)
        and not any(sitting.concerned(seat.staff_id, item.initiative) for item in items)
    ]
    return free[-1], free[-3:-1]


def _tally(initiative, ballots):
    text = f"Phát ra {ballots.issued}, thu về {ballots.returned}, đồng ý {ballots.votes_for}."
    parts = [("Kết quả", text)]
    return page(
        "bien-ban-kiem-phieu.pdf", "Biên bản kiểm phiếu", initiative.code, parts, signer="Tổ kiểm phiếu"
    )
