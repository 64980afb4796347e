"""The books of clubs, teams and what they did."""

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from people.models import containing

from ..books import Book, Column, Part, add_book
from ..forms.groups import GroupActivityForm, GroupForm, MemberForm
from ..models import GroupActivity, GroupMember, LocalGroup, named
from .active import is_active
from .query import CLUBS, TEAMS

KEPT_BY = ("VHXH", "MTTQ")  # they keep these books for the ward


def _active(row):
    """Whether it is active today, in words; its activities are loaded."""
    today = timezone.localdate()
    if row.end_before and row.end_before <= today:
        return _("dissolved")
    if _has_ended(row.unit, today):
        return _("its residential group has ended")
    held = [activity.held_on for activity in row.activities_standing]
    active = is_active(row.start_on, row.end_before, held, today, settings.PLAN_ACTIVE_MONTHS)
    return (
        pgettext("book", "active")
        if active
        else _("no activity for %(months)s months") % {"months": settings.PLAN_ACTIVE_MONTHS}
    )


def _has_ended(unit, day):
    end = getattr(unit, "residential_end", None)
    return end is not None and end.ended_from <= day


def _load(rows):
    today = timezone.localdate()
    return rows.prefetch_related(
        Prefetch("members", GroupMember.objects.filter(containing(today)), to_attr="members_now"),
        Prefetch(
            "activities", GroupActivity.objects.filter(struck_at__isnull=True), to_attr="activities_standing"
        ),
    )


def _facts(row):
    return [
        (_("State"), _active(row)),
        (pgettext_lazy("club", "Head"), row.head),
        (_("Decision"), " ".join(filter(None, [row.decision_number, _dated(row.decided_on)]))),
        (_("Founded on"), row.start_on),
        (_("Last day"), row.last_day),
        (_("Members"), len(row.members_now)),
    ]


def _dated(day):
    return _("of %(day)s") % {"day": f"{day:%d/%m/%Y}"} if day else ""


MEMBERS = Part(
    slug="thanh-vien",
    label=gettext_lazy("Members"),
    add=gettext_lazy("Add a member"),
    model=GroupMember,
    form=MemberForm,
    columns=(
        Column(gettext_lazy("Full name"), lambda row: row.name),
        Column(gettext_lazy("Task in the group"), lambda row: row.role),
        Column(gettext_lazy("Telephone"), lambda row: row.phone),
        Column(gettext_lazy("Member since"), lambda row: row.start_on),
        Column(gettext_lazy("Last day"), lambda row: row.last_day),
    ),
    rows=lambda entry: GroupMember.objects.filter(group=entry.pk).select_related("staff"),
    fresh=lambda entry: GroupMember(group_id=entry.pk),
    name=lambda row: row.name,
    note=gettext_lazy(
        "Names and telephone numbers are not public. Write down only members who know of it and agree."
    ),
    empty=gettext_lazy("No member yet."),
)

COLUMNS = (
    Column(pgettext_lazy("book", "Name"), lambda row: row.title, 40),
    Column(gettext_lazy("Residential group"), lambda row: named(row.unit), 30),
    Column(gettext_lazy("Members"), lambda row: len(row.members_now), 12, kind="r"),
    Column(gettext_lazy("State"), _active, 26),
    Column(gettext_lazy("Latest activity"), lambda row: _latest(row), 16),
    Column(gettext_lazy("Founded on"), lambda row: row.start_on, 14, in_list=False),
    Column(gettext_lazy("Last day"), lambda row: row.last_day, 14, in_list=False),
    Column(gettext_lazy("Number of the decision"), lambda row: row.decision_number, 18, in_list=False),
    Column(gettext_lazy("Day of the decision"), lambda row: row.decided_on, 14, in_list=False),
    Column(gettext_lazy("Activities"), lambda row: len(row.activities_standing), 12, in_list=False, kind="r"),
)


def _latest(row):
    return max((activity.held_on for activity in row.activities_standing), default=None)


def _below(row):
    latest = sorted(row.activities_standing, key=lambda each: (each.held_on, each.pk), reverse=True)[:10]
    return {"group": row, "activities": latest, "ended": _has_ended(row.unit, timezone.localdate())}


def _group_book(code, slug, order, **words):
    return Book(
        code=code,
        slug=slug,
        order=order,
        model=LocalGroup,
        form=GroupForm,
        columns=COLUMNS,
        facts=_facts,
        load=_load,
        order_by=("unit__order", "title", "pk"),
        shared_by=KEPT_BY,
        of_residential_groups=True,
        parts=(MEMBERS,),
        below=(("plan/groups/_activities.html", _below),),
        **words,
    )


CLUB_BOOK = _group_book(
    CLUBS,
    "cau-lac-bo",
    10,
    label=gettext_lazy("Innovation clubs"),
    one=gettext_lazy("Innovation club"),
    add=gettext_lazy("Add a club"),
    about=gettext_lazy("Clubs of the residential groups: decision, members, what they do (target C6)."),
    empty=gettext_lazy("A club stands here with its decision and its members."),
)
TEAM_BOOK = _group_book(
    TEAMS,
    "to-cong-nghe-so",
    20,
    label=gettext_lazy("Community digital teams"),
    one=gettext_lazy("Community digital team"),
    add=gettext_lazy("Add a team"),
    about=gettext_lazy("Teams of the residential groups: decision, members, what they do (target C9)."),
    empty=gettext_lazy("A team stands here with its decision and its members."),
)
ACTIVITY_BOOK = Book(
    code="activities",
    slug="nhat-ky",
    order=30,
    label=gettext_lazy("Log of clubs and teams"),
    one=gettext_lazy("Activity of a club or team"),
    add=gettext_lazy("Write down an activity"),
    about=gettext_lazy("Each time a club or team did something: when, what, how many took part."),
    empty=gettext_lazy("Was there a meeting, a round of help in the houses? Write it down with a photo."),
    model=GroupActivity,
    form=GroupActivityForm,
    columns=(
        Column(gettext_lazy("What was done"), lambda row: row.title, 50),
        Column(gettext_lazy("Day"), lambda row: row.held_on, 14),
        Column(gettext_lazy("Club or team"), lambda row: row.group.title, 36),
        Column(gettext_lazy("People who took part"), lambda row: row.people, 12, kind="r"),
        Column(gettext_lazy("Led by"), lambda row: row.led_by, 26, in_list=False),
        Column(gettext_lazy("More about it"), lambda row: row.text, 50, in_list=False),
    ),
    facts=lambda row: [
        (_("Club or team"), row.group.title),
        (_("Day"), row.held_on),
        (_("People who took part"), row.people),
        (_("Led by"), row.led_by),
        (_("More about it"), row.text),
    ],
    load=lambda rows: rows.select_related("group"),
    order_by=("-held_on", "-pk"),
    day="held_on",
    shared_by=KEPT_BY,
    of_residential_groups=True,
)


def register():
    for book in (CLUB_BOOK, TEAM_BOOK, ACTIVITY_BOOK):
        add_book(book)
