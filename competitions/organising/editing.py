"""What organisers write: texts and rules as revisions of the page, everything else in rows.

Before the public has read it all of it is theirs to change, unless it waits for approval. Afterwards texts
and rules change by another approval, dates by an extension alone (`competitions.extending`), the rest not at
all. Whoever saves says what they had before them; has somebody else changed it since, nothing is overwritten.
"""

from decimal import Decimal

from django.db import transaction

from vietnamese.text import nfc

from ..acts import log
from ..models import CompetitionPage, Phase, Prize
from ..phases import PhaseCode, Window, faults
from .refusals import ActRefused
from .stand import WAITS, approval

TEXTS = ("title", "summary", "contact_name", "contact_email", "contact_phone")
_ROW_ACTS = {
    "entrance": "entrance_changed",
    "phases": "phases_changed",
    "prizes": "prizes_changed",
    "vote_share": "share_changed",
}


def locked(competition, user):
    """The row, locked, for somebody who still organises it. Raises ActRefused. Inside a transaction."""
    row = CompetitionPage.objects.select_for_update(of=("self",), no_key=True).get(pk=competition.pk)
    if not CompetitionPage.objects.organised_by(user).filter(pk=row.pk).exists():
        raise ActRefused("only_organiser")
    return row


def why_texts_are_closed(competition) -> str:
    """The code of what keeps texts and rules from being changed now, or ""."""
    if approval(competition) == WAITS:
        return "waits_for_approval"
    return "locked_by_publisher" if competition.locked else ""


def why_facts_are_closed(competition) -> str:
    """The same of entrance, phases, prizes and vote share."""
    return "fixed_since_published" if competition.is_out else why_texts_are_closed(competition)


# ---- what the page was drawn from


def seen_texts(competition) -> int:
    """What a form of texts or rules remembers: the revision it shows."""
    return competition.latest_revision_id or 0


def seen_rows(competition, part) -> int:
    """What a form of `part` remembers: its last change."""
    last = (
        competition.changes.filter(act=_ROW_ACTS[part]).order_by("-pk").values_list("pk", flat=True).first()
    )
    return last or 0


def last_change(competition, part):
    """The line of the log that changed `part` last."""
    return competition.changes.filter(act=_ROW_ACTS[part]).order_by("-pk").first()


# ---- texts and rules


def save_texts(competition, user, values, *, seen, now=None):
    """`values` of TEXTS, as a revision of the page by this person."""

    def write(draft):
        for name in TEXTS:
            if name in values:
                setattr(draft, name, nfc(values[name]).strip())

    return _save_revision(competition, user, write, "texts_changed", seen, now)


def save_rules(competition, user, texts, *, seen, now=None):
    """`texts` {code of the article: its text}; headings and order stay as they are."""

    def write(draft):
        for block in draft.rules:
            if block.value["code"] in texts:
                block.value["text"] = nfc(texts[block.value["code"]]).strip()

    return _save_revision(competition, user, write, "rules_changed", seen, now)


def _save_revision(competition, user, write, act, seen, now):
    """The page as its latest revision has it, changed; a draft's row as well, as Wagtail's editor does."""
    with transaction.atomic():
        row = locked(competition, user)
        if why := why_texts_are_closed(row):
            raise ActRefused(why)
        if seen_texts(row) != seen:
            raise ActRefused("changed_meanwhile")
        draft = row.get_latest_revision_as_object()
        before = _content(draft)
        write(draft)
        if _content(draft) == before:
            return row
        if not row.live:
            draft.save()
        revision = draft.save_revision(user=user, log_action=True)
        log(row, act, user, now=now, revision=revision.pk)
    return CompetitionPage.objects.get(pk=row.pk)


def _content(page):
    return [getattr(page, name) for name in TEXTS], [block.value["text"] for block in page.rules]


# ---- facts of the row


def save_facts(competition, user, values, *, seen, part="entrance", now=None):
    """Fields of the row (`values`), before it is published."""
    with transaction.atomic():
        row = _open_row(competition, user, part, seen)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        details = {name: [_plain(getattr(row, name)), _plain(value)] for name, value in changed.items()}
        CompetitionPage.objects.filter(pk=row.pk).update(**changed)
        log(row, _ROW_ACTS[part], user, now=now, **details)
    return CompetitionPage.objects.get(pk=row.pk)


def save_share(competition, user, share, *, seen, now=None):
    """How much the public vote counts; only where there is one."""
    if share and not competition.window(PhaseCode.VOTE):
        raise ActRefused("share_without_vote", field="vote_share")
    return save_facts(competition, user, {"vote_share": share}, seen=seen, part="vote_share", now=now)


def _open_row(competition, user, part, seen):
    row = locked(competition, user)
    if why := why_facts_are_closed(row):
        raise ActRefused(why)
    if seen_rows(row, part) != seen:
        raise ActRefused("changed_meanwhile")
    return row


def save_phases(competition, user, windows, *, seen, now=None):
    """All windows anew, before it is published. Raises ActRefused ("windows", their faults)."""
    from ..blueprints import plan_of

    windows = list(windows)
    if found := faults(windows):
        raise ActRefused("windows", {"faults": found})
    with transaction.atomic():
        row = _open_row(competition, user, "phases", seen)
        known = {phase.code for phase in plan_of(row.blueprint).phases}
        if {window.code for window in windows} - known:
            raise ActRefused("windows_of_another_kind")
        kept = {phase.code: phase for phase in row.phases.all()}
        if {code: phase.window for code, phase in kept.items()} == {w.code: w for w in windows}:
            return row
        before = [plain_window(phase.window) for phase in kept.values()]
        _write_windows(row, kept, windows)
        log(row, "phases_changed", user, now=now, before=before, after=[plain_window(w) for w in windows])
    return CompetitionPage.objects.get(pk=row.pk)


def _write_windows(row, kept, windows):
    for window in windows:
        phase = kept.pop(window.code, None) or Phase(competition=row, code=window.code)
        phase.opens_at, phase.closes_at = window.opens_at, window.closes_at
        phase.save()
    for phase in kept.values():
        phase.delete()


def plain_window(window: Window):
    """As the log keeps it: [code, opens, closes]."""
    return [window.code, window.opens_at.isoformat(), window.closes_at.isoformat()]


def save_prizes(competition, user, prizes, *, seen, now=None):
    """`prizes`: [{"name", "kind", "count", "amount"}] in their order; replaces what was there."""
    with transaction.atomic():
        row = _open_row(competition, user, "prizes", seen)
        before = [_plain_prize(prize) for prize in row.prizes.all()]
        made = [
            Prize(competition=row, order=order, **(prize | {"name": nfc(prize["name"]).strip()}))
            for order, prize in enumerate(prizes)
        ]
        after = [_plain_prize(prize) for prize in made]
        if before == after:
            return row
        row.prizes.all().delete()
        Prize.objects.bulk_create(made)
        log(row, "prizes_changed", user, now=now, before=before, after=after)
    return CompetitionPage.objects.get(pk=row.pk)


def _plain_prize(prize):
    return [prize.name, str(prize.kind), prize.count, prize.amount]


def _plain(value):
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | bool | None) else str(value)
