"""What must be settled before a freeze is taken: each item counts what is open, says who mends it where."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import ServiceSpell, UnitAssignment, containing
from vietnamese.dates import short_date

from .. import coverage
from ..coverage import Policy
from ..models import Exemption, ImportBatch, OutsideCredit, RequirementCourse, Session, SessionState

_NAMED = 5  # codes a sentence names


@dataclass(frozen=True)
class Item:
    """One thing to look at. `count` is how many are open; a `blocking` one with any keeps the freeze from
    being taken, the others only warn. `link` leads to where it is mended."""

    code: str
    count: int
    words: str
    link: str
    blocking: bool = True

    @property
    def ok(self):
        return self.count == 0

    @property
    def blocks(self):
        return self.blocking and self.count > 0


def checklist(policy: Policy, day: date, now: datetime) -> list[Item]:
    """Everything that could still change the figures of `day`, in a constant number of queries."""
    return [
        _without_unit(policy, day),
        _overlapping_primaries(policy, day),
        _not_confirmed(policy, day),
        _still_open(policy, day, now),
        _credits_waiting(policy, day),
        _exemptions_waiting(policy, day),
        _imports_in_preview(),
    ]


def _without_unit(policy, day):
    without = coverage.figures_by_unit(policy, day).get(None)
    count = without.population if without else 0
    words = ngettext(
        "%(count)s person in scope has no unit on that day. The personnel officer assigns them.",
        "%(count)s people in scope have no unit on that day. The personnel officer assigns them.",
        count,
    )
    done = _("Everybody in scope has a unit on that day.")
    return _item("no_unit", count, words, done, f"/dao-tao/ty-le/nguoi/?{_asked(policy, day)}&unit=-")


def _overlapping_primaries(policy, day):
    serving = ServiceSpell.objects.filter(containing(day), category__in=policy.categories)
    twice = (
        UnitAssignment.objects.filter(containing(day), is_primary=True, staff__in=serving.values("staff"))
        .values("staff")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    codes = sorted(twice.values_list("staff__staff_code", flat=True))
    words = ngettext(
        "%(count)s person has two primary units on that day: %(codes)s. The personnel officer keeps one.",
        "%(count)s people have two primary units on that day: %(codes)s. The personnel officer keeps one.",
        len(codes),
    )
    done = _("Nobody has two primary units on that day.")
    link = f"/dao-tao/ty-le/nguoi/{quote(codes[0], safe='')}/?{_asked(policy, day)}" if codes else ""
    return _item("two_primaries", len(codes), words, done, link, codes=", ".join(codes[:_NAMED]))


def _asked(policy, day):
    """What the pages of coverage take to show the people of that day."""
    return urlencode({"requirement": policy.code, "year": policy.year, "day": short_date(day)})


def _counting_sessions(policy, day):
    """Sessions up to `day` that would count: their course counts for the requirement in the year held."""
    counting = RequirementCourse.objects.filter(requirement=policy.requirement, year=policy.year)
    return Session.objects.filter(
        course__in=counting.values("course"), held_on__gte=policy.credit_from, held_on__lte=day
    )


def _not_confirmed(policy, day):
    count = _counting_sessions(policy, day).filter(state=SessionState.HELD).count()
    words = ngettext(
        "%(count)s session was held and is not confirmed. Its organiser confirms or cancels it.",
        "%(count)s sessions were held and are not confirmed. Their organisers confirm or cancel them.",
        count,
    )
    done = _("Every session held by that day is confirmed.")
    return _item("not_confirmed", count, words, done, "/dao-tao/buoi/?trang-thai=held")


def _still_open(policy, day, now):
    local = timezone.localtime(now)
    over = Q(held_on__lt=local.date()) | Q(held_on=local.date(), ends_at__lte=local.time())
    waiting = _counting_sessions(policy, day).filter(over, state__in=[SessionState.DRAFT, SessionState.OPEN])
    count = waiting.count()
    words = ngettext(
        "%(count)s session is over and still planned or open. Mark it held or cancel it.",
        "%(count)s sessions are over and still planned or open. Mark them held or cancel them.",
        count,
    )
    done = _("No session that is over is still planned or open.")
    return _item("still_open", count, words, done, "/dao-tao/buoi/?trang-thai=open")


def _credits_waiting(policy, day):
    waiting = OutsideCredit.objects.filter(
        requirement=policy.requirement,
        state=OutsideCredit.State.SUBMITTED,
        completed_on__range=(policy.credit_from, day),
    )
    count = waiting.count()
    words = ngettext(
        "%(count)s course taken elsewhere waits to be verified.",
        "%(count)s courses taken elsewhere wait to be verified.",
        count,
    )
    done = _("No course taken elsewhere waits to be verified.")
    return _item("credits_waiting", count, words, done, "/dao-tao/tin-chi-ngoai/?xem=cho")


def _exemptions_waiting(policy, day):
    waiting = Exemption.objects.filter(
        containing(day), requirement=policy.requirement, state=Exemption.State.REQUESTED
    )
    count = waiting.count()
    words = ngettext(
        "%(count)s request for exemption is not decided. The personnel officer decides it.",
        "%(count)s requests for exemption are not decided. The personnel officer decides them.",
        count,
    )
    done = _("No request for exemption waits for a decision.")
    return _item("exemptions_waiting", count, words, done, "/dao-tao/mien/")


def _imports_in_preview():
    open_states = [ImportBatch.State.READING, ImportBatch.State.PREVIEW]
    count = ImportBatch.objects.filter(state__in=open_states).count()
    words = ngettext(
        "%(count)s file was read in and not written yet: its attendance does not count.",
        "%(count)s files were read in and not written yet: their attendance does not count.",
        count,
    )
    done = _("No file waits to be written.")
    return _item("imports_waiting", count, words, done, "/dao-tao/nhap/", blocking=False)


def _item(code, count, words, done, link, *, blocking=True, **more):
    text = words % {"count": count, **more} if count else done
    return Item(code, count, text, link if count else "", blocking)
