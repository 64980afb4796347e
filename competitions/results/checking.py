"""The second person: looks at the draft, confirms it or sends it back. Never whoever drafted it."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce

from .. import acts, events
from ..judging.handing_out import locked_competition
from ..models import ResultState
from ..moves import Answer, Refused
from .access import refusal_to_check
from .drafting import address_of, hash_now, kept

_WHO = ("checker",)


def may_check(competition, result_list, user, now):
    """Whether this person may confirm the draft now: its hash is computed anew from what stands."""
    if result_list is None:
        return _no("check", "no_draft")
    if code := refusal_to_check(user, competition, result_list):
        return _no("check", code, {"name": result_list.drafted_by_name})
    if result_list.state != ResultState.DRAFT:
        return _no("check", "not_a_draft")
    return _still_true("check", competition, result_list, now)


def may_send_back(competition, result_list, user, *, reason=None):
    if result_list is None:
        return _no("send_back", "no_draft")
    if code := refusal_to_check(user, competition, result_list):
        return _no("send_back", code, {"name": result_list.drafted_by_name})
    if result_list.state == ResultState.PUBLISHED:
        return _no("send_back", "results_are_out")
    if reason is not None and not reason.strip():
        return _no("send_back", "reason_missing", field="reason")
    return Answer("send_back", True, who=_WHO)


def check(competition, user, *, seen, now=None):
    """Confirms the draft with the hash `seen`. Raises `Refused`."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        result_list = kept(competition)
        _require(may_check(competition, result_list, user, now))
        if result_list.sha256 != seen:
            raise Refused(_no("check", "drafted_meanwhile"))
        result_list.state = ResultState.CHECKED
        result_list.checked_by, result_list.checked_at = user, now
        result_list.checked_by_name = user.display_name[:120]
        result_list.save(update_fields=["state", "checked_by", "checked_by_name", "checked_at"])
        acts.log(competition, "checked", user, now=now, sha256=result_list.sha256)
        _tell(events.RESULTS_CHECKED, competition, result_list)
    return result_list


def send_back(competition, user, reason, *, now=None):
    """The draft goes back to whoever made it, with the reason. Raises `Refused`."""
    with transaction.atomic():
        competition = locked_competition(competition)
        result_list = kept(competition)
        _require(may_send_back(competition, result_list, user, reason=reason))
        result_list.state = ResultState.DRAFT
        result_list.checked_by, result_list.checked_at, result_list.checked_by_name = None, None, ""
        result_list.save(update_fields=["state", "checked_by", "checked_by_name", "checked_at"])
        acts.log(competition, "returned", user, reason=reason.strip(), now=now, sha256=result_list.sha256)
        _tell(events.RESULTS_RETURNED, competition, result_list)
    return result_list


def sent_back(competition, result_list):
    """The line of the log that sent this very draft back last, or None."""
    if result_list is None or result_list.state != ResultState.DRAFT:
        return None
    line = competition.changes.filter(act__in=("drafted", "returned")).order_by("-at", "-pk").first()
    return line if line is not None and line.act == "returned" else None


def _still_true(act, competition, result_list, now):
    try:
        same = hash_now(competition, result_list, now) == result_list.sha256
    except Refused as refused:
        return _no(act, refused.answer.reason, refused.answer.params)
    return Answer(act, True, who=_WHO) if same else _no(act, "outdated")


def still_true(competition, result_list, now):
    """An `Answer`: whether the kept results are what would be drafted from the database now."""
    return _still_true("publish", competition, result_list, now)


def _tell(event, competition, result_list):
    people = [result_list.drafted_by] if result_list.drafted_by else []
    announce(event, people, link=address_of(competition), subject=competition.code)


def _require(answer):
    if not answer.allowed:
        raise Refused(answer)


def _no(act, reason, params=None, field=""):
    return Answer(act, False, reason, params or {}, who=_WHO, field=field)
