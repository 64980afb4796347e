"""What the page of a meeting shows, as plain values; decides nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ideas import meetings
from ideas.forms.meeting import ABSENT, NO, PRESENT, YES
from ideas.models import Conclusion
from ideas.models.meeting import VotingMode
from ideas.reasons import sentence, who_can
from scoring.words import grade_label


def state_badge(meeting):
    """(tone, icon, words) of a meeting's state."""
    return {
        "planned": ("", "cal", pgettext("council meeting", "planned")),
        "open": ("work", "clock", pgettext("council meeting", "in session")),
        "closed": ("ok", "lock", pgettext("council meeting", "closed")),
    }[meeting.state]


def needbar(seats, needed, filled, against=0):
    """The bar of seats of the look: filled, against, the rest, and the mark of seats needed."""
    kinds = ["f-teal"] * filled + ["f-miss"] * against + ["f-sand"] * (seats - filled - against)
    return {
        "width": 34 * seats + 90,
        "cells": [(1 + 34 * place, kind) for place, kind in enumerate(kinds)],
        "mark": str(34 * needed - 2.5),  # text: a decimal comma would break the drawing
        "text": 34 * seats + 8,
        "needed": needed,
    }


def roll(sitting, items, form):
    """The rows of the roll: every held seat, alternates last."""
    rows = []
    for seat in sorted(form.seats, key=lambda seat: (not seat.is_voting, seat.number)):
        kept = sitting.roll.get(seat.pk)
        value = form.data.get(f"seat-{seat.pk}") if form.is_bound else _roll_value(kept)
        rows.append(
            {
                "seat": seat,
                "value": value,
                "reason": _typed(form, f"reason-{seat.pk}", kept.reason if kept else ""),
                "asks_reason": value == ABSENT,
                "notes": _seat_notes(sitting, items, seat),
                "in": PRESENT,
                "out": ABSENT,
            }
        )
    return rows


def _roll_value(row):
    return "" if row is None else PRESENT if row.is_present else ABSENT


def _typed(form, name, kept):
    return form.data.get(name, "") if form.is_bound else kept


def _seat_notes(sitting, items, seat):
    """On which items this person does not vote, or stands in for another."""
    aside, standing = [], []
    for number, item in enumerate(items, start=1):
        if sitting.concerned(seat.staff_id, item.initiative):
            aside.append(str(number))
        elif not seat.is_voting and any(
            filled.alternate and filled.alternate.pk == seat.pk for filled in sitting.voters(item.initiative)
        ):
            standing.append(str(number))
    notes = []
    if aside:
        notes.append(
            ngettext("does not vote on item %(items)s", "does not vote on items %(items)s", len(aside))
            % {"items": ", ".join(aside)}
        )
    if standing:
        notes.append(
            ngettext(
                "votes in another's place on item %(items)s",
                "votes in others' place on items %(items)s",
                len(standing),
            )
            % {"items": ", ".join(standing)}
        )
    return notes


class ItemCard:
    """One item of the agenda as one reader sees it."""

    def __init__(self, sitting, item, number, actor, visible, form=None):
        self.sitting, self.item, self.number, self.actor = sitting, item, number, actor
        self.initiative = item.initiative
        self.form = form
        self.leads = []
        self.concerned = sitting.concerned(actor.staff_id, item.initiative)
        self.sees = item.initiative_id in visible and not self.concerned
        self.answer = meetings.may_record(sitting, actor, item)

    @property
    def can_record(self):
        return self.answer.allowed

    @property
    def why(self):
        """Why whoever runs the meeting cannot record this now; empty for readers and after the result."""
        runs = self.sitting.may_run(self.actor) or self.sitting.may_run(self.actor, self.initiative)
        if self.item.recorded_at or not runs or self.answer.allowed:
            return ""
        if self.answer.reason == "meeting_not_open":
            return ""
        return sentence(self.answer)

    @property
    def may_take_off(self):
        return (
            self.sitting.meeting.state != "closed"
            and not self.item.recorded_at
            and self.sitting.may_run(self.actor)
        )

    @property
    def mean(self):
        result = self.initiative.current_result
        return result.mean if result else None

    @property
    def grade(self):
        result = self.initiative.current_result
        if result is None or not result.grade or self.initiative.rubric is None:
            return ""
        return grade_label(self.initiative.rubric.rubric, result.grade)

    @property
    def count(self):
        return self.sitting.count(self.item)

    @property
    def bar(self):
        count = self.count
        return needbar(count.seats, count.needed, count.votes_for, count.votes_against)

    @property
    def state(self):
        """(tone, icon, words) of the badge."""
        if self.item.recorded_at:
            if self.item.conclusion == Conclusion.RECOGNISE:
                return "ok", "check", self.item.get_conclusion_display()
            if self.item.conclusion == Conclusion.COMPLETE_AGAIN:
                return "wait", "edit", self.item.get_conclusion_display()
            return "bad", "no", self.item.get_conclusion_display()
        if self.item.mode == VotingMode.SECRET:
            return "wait", "edit", _("ballots being counted")
        if self.item.mode == VotingMode.OPEN:
            return "work", "clock", _("being voted on")
        return "", "clock", _("not yet its turn")

    @property
    def is_open_vote(self):
        return self.item.mode == VotingMode.OPEN

    @property
    def is_secret(self):
        return self.item.mode == VotingMode.SECRET

    @property
    def presider(self):
        """Who presides over this item, where it is not whoever presides over the meeting."""
        seat = self.sitting.presiding(self.initiative)
        general = self.sitting.presiding()
        return seat if seat and general and seat.pk != general.pk else None

    @property
    def is_out_of_reach(self):
        """Open vote under way: not even all who have not voted yet would make it enough."""
        count = self.count
        return not count.can_still_be_enough and count.votes_for + count.votes_against > 0

    @property
    def waiting(self):
        return self.count.waiting

    @property
    def rows(self):
        """The seats of an open vote: who votes, for whom, and what was said so far."""
        kept = {vote.seat_id: vote for vote in self.item.votes.all()}
        rows = [
            self._row(filled, kept.get(filled.seat.pk)) for filled in self.sitting.voters(self.initiative)
        ]
        return sorted(rows, key=lambda row: row["staff"] is None)

    def _row(self, filled, vote):
        seat, name = filled.seat, f"viec-{self.item.pk}-seat-{filled.seat.pk}"
        stored = "" if vote is None else YES if vote.agrees else NO
        form = self.form
        return {
            "seat": seat,
            "staff": filled.staff,
            "holder": seat.staff,
            "role": filled.alternate.get_role_display() if filled.alternate else seat.get_role_display(),
            "stands_in": self._why_away(seat) if filled.alternate else "",
            "away": self._why_away(seat),
            "name": name,
            "value": form.data.get(name, "") if form is not None and form.is_bound else stored,
            "yes": YES,
            "no": NO,
        }

    def _why_away(self, seat):
        if seat.staff_id is None:
            return _("seat not filled")
        if seat.staff_id in self.initiative.author_staff_ids:
            return _("an author")
        if self.sitting.concerned(seat.staff_id, self.initiative):
            return _("in conflict of interest")
        row = self.sitting.roll.get(seat.pk)
        if row and row.reason:
            return _("absent: %(reason)s") % {"reason": row.reason}
        return _("absent")

    @property
    def recorded_votes(self):
        """How each seat voted openly, for those who may read the item."""
        return sorted(self.item.votes.all(), key=lambda vote: vote.seat_id) if self.is_open_vote else []


def why(answer):
    """The sentence of a refusal and who can, for the line under a blocked button; empty when allowed."""
    if answer.allowed:
        return ""
    if answer.reason.startswith("only_"):
        return sentence(answer)
    return f"{sentence(answer)} ({who_can(answer)})"
