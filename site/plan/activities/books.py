"""The books of sessions and campaigns for residents."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from ..books import Book, Column, add_book
from ..forms.activities import CampaignForm, SessionForm
from ..models import Campaign, ResidentSession, named
from . import public
from .public import with_groups


def _state(row):
    if row.is_cancelled:
        return _("cancelled")
    if row.people is None:
        past = row.held_on < timezone.localdate()
        return _("waits for how many came") if past else pgettext("session", "planned")
    return _("held")


def _groups(row):
    return ", ".join(named(unit) for unit in row.groups.all())


def _when(row):
    return f"{row.starts_at:%H:%M}–{row.ends_at:%H:%M}"


SESSION_BOOK = Book(
    code="sessions",
    slug="buoi-tuyen-truyen",
    order=40,
    label=gettext_lazy("Sessions for residents"),
    one=gettext_lazy("Session for residents"),
    add=gettext_lazy("Add a session"),
    about=gettext_lazy("Outreach and training for residents, by residential group (target C5)."),
    empty=gettext_lazy("Write a session down when it is planned, and afterwards how many came."),
    model=ResidentSession,
    form=SessionForm,
    columns=(
        Column(pgettext_lazy("of residents", "Session"), lambda row: row.title, 50),
        Column(gettext_lazy("Day"), lambda row: row.held_on, 14),
        Column(pgettext_lazy("of residents", "Place"), lambda row: row.place, 36),
        Column(gettext_lazy("People who came"), lambda row: row.people, 12, kind="r"),
        Column(gettext_lazy("State"), _state, 22),
        Column(gettext_lazy("Hours"), _when, 14, in_list=False),
        Column(pgettext_lazy("session", "Kind"), lambda row: row.get_kind_display(), 22, in_list=False),
        Column(gettext_lazy("Topic"), lambda row: row.get_topic_display(), 26, in_list=False),
        Column(
            pgettext_lazy("of residents", "Campaign"),
            lambda row: row.campaign and row.campaign.title,
            36,
            in_list=False,
        ),
        Column(gettext_lazy("Residential groups reached"), _groups, 50, in_list=False),
    ),
    facts=lambda row: [
        (_("State"), _state(row)),
        (_("Day"), row.held_on),
        (_("Hours"), _when(row)),
        (pgettext("of residents", "Place"), row.place),
        (pgettext("session", "Kind"), row.get_kind_display()),
        (_("Topic"), row.get_topic_display()),
        (pgettext("of residents", "Campaign"), row.campaign and row.campaign.title),
        (_("Residential groups reached"), _groups(row)),
        (_("People who came"), row.people),
        (pgettext("book", "Content"), row.text),
        (_("In the public calendar"), row.is_public),
    ],
    load=lambda rows: rows.select_related("campaign").prefetch_related(with_groups()),
    order_by=("-held_on", "-pk"),
    day="held_on",
    written=public.follow,
    is_public=lambda row: row.is_public,
)


def _sessions_of(row):
    return {"campaign": row, "sessions": row.sessions_standing}


def _load(rows):
    sessions = ResidentSession.objects.filter(struck_at__isnull=True).order_by("held_on", "pk")
    return rows.prefetch_related(with_groups(), Prefetch("sessions", sessions, to_attr="sessions_standing"))


def _people(row):
    return sum(session.people or 0 for session in row.sessions_standing if not session.is_cancelled)


CAMPAIGN_BOOK = Book(
    code="campaigns",
    slug="dot-tuyen-truyen",
    order=50,
    label=gettext_lazy("Campaigns for residents"),
    one=gettext_lazy("Campaign for residents"),
    add=gettext_lazy("Add a campaign"),
    about=gettext_lazy("A campaign gathers sessions of one topic (target C8); it counts once one was held."),
    empty=gettext_lazy("Write a campaign down, then its sessions one by one."),
    model=Campaign,
    form=CampaignForm,
    columns=(
        Column(pgettext_lazy("of residents", "Campaign"), lambda row: row.title, 50),
        Column(pgettext_lazy("book", "From"), lambda row: row.start_on, 14),
        Column(gettext_lazy("Until the end of"), lambda row: row.last_day, 14),
        Column(
            pgettext_lazy("of residents", "Sessions"), lambda row: len(row.sessions_standing), 12, kind="r"
        ),
        Column(gettext_lazy("People who came"), _people, 12, kind="r"),
        Column(gettext_lazy("Topic"), lambda row: row.get_topic_display(), 26, in_list=False),
        Column(gettext_lazy("Residential groups reached"), _groups, 50, in_list=False),
    ),
    facts=lambda row: [
        (pgettext("book", "From"), row.start_on),
        (_("Until the end of"), row.last_day),
        (_("Topic"), row.get_topic_display()),
        (_("Residential groups reached"), _groups(row)),
        (_("People who came"), _people(row)),
        (_("What it is about"), row.text),
    ],
    load=_load,
    order_by=("-start_on", "-pk"),
    day="start_on",
    below=(("plan/activities/_sessions.html", _sessions_of),),
)


def register():
    add_book(SESSION_BOOK)
    add_book(CAMPAIGN_BOOK)
