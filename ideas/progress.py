"""How far a draft has come: what each step still lacks, and the way to the very field."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vietnamese.numbers import format_percent

from .completeness import STEPS, Missing, missing_items
from .drafts import FIELDS_OF_STEP
from .shares import WHOLE, missing_share

# Where an error link leads for fields that are a list of choices or no field of a form.
_ANCHORS = {
    "kind": "id_kind_0",
    "uses_public_money": "id_uses_public_money_0",
    "has_confidential_part": "id_has_confidential_part_0",
    "attachments": "id_files",
    "shares": "tong",
}


@dataclass(frozen=True)
class StepProgress:
    """One line of the steps list (templates/components/steps.html)."""

    number: int
    title: str
    url: str
    here: bool
    state: str
    note: str


@dataclass(frozen=True)
class Lacking:
    """One line of the list "still missing"."""

    step: int
    text: str
    url: str


def still_missing(initiative):
    """Everything between this draft and its submission that its authors can do, in the order of the form."""
    missing = [*missing_items(initiative), *_about_authors(initiative)]
    return sorted(missing, key=lambda item: item.step)


def _about_authors(initiative):
    authors = list(initiative.authors.all())
    if not any(author.is_main for author in authors):
        yield Missing(2, "add-author", _("The main author"))
    elif missing_share(author.share for author in authors):
        yield Missing(2, "shares", _("Shares do not make 100,00 % yet"))
    for author in authors:
        if not author.is_confirmed:
            text = _("%(name)s has not confirmed yet") % {"name": author.full_name}
            yield Missing(2, f"author-{author.pk}", text)


def lacking_lines(initiative, missing, here):
    """`missing` as links to their fields; those of other steps say which step."""
    for item in missing:
        field = _ANCHORS.get(item.field, item.field if item.field.startswith(("author-", "add-")) else "")
        anchor = f"#{field or f'id_{item.field}'}"
        text = item.text
        if item.step != here:
            text = _("Step %(number)s: %(what)s") % {"number": item.step, "what": item.text}
        yield Lacking(item.step, text, f"{initiative.get_absolute_url()}sua/{item.step}/{anchor}")


def steps_of(initiative, missing, here):
    """The seven steps with what each still lacks."""
    return [
        StepProgress(
            number,
            title,
            f"{initiative.get_absolute_url()}sua/{number}/",
            number == here,
            *_state_of(initiative, number, sum(item.step == number for item in missing)),
        )
        for number, title in STEPS.items()
    ]


def _state_of(initiative, number, lacking):
    if number == 7:
        return "", ""
    if not lacking:
        return "ok", _("Complete")
    if not _is_started(initiative, number):
        return "", _("Not started")
    return "missing", ngettext("%(count)s item missing", "%(count)s items missing", lacking) % {
        "count": lacking
    }


def _is_started(initiative, number):
    if number == 2:
        return bool(initiative.authors.all())
    if number == 6 and any(a.kind == "evidence" and not a.removed_at for a in initiative.attachments.all()):
        return True
    return any(getattr(initiative, name) not in (None, "") for name in FIELDS_OF_STEP[number])


def standing(initiative, here):
    """What the surroundings of step `here` show: the steps, how many are complete, what is still missing."""
    missing = still_missing(initiative)
    steps = steps_of(initiative, missing, here)
    return {
        "initiative": initiative,
        "number": here,
        "steps": steps,
        "parts_done": sum(step.state == "ok" for step in steps),
        "parts_all": len(steps) - 1,  # the last one only looks at the others
        "missing": list(lacking_lines(initiative, missing, here)),
    }


def total_line(shares):
    """`(total, lacking, sentence, is_whole)` of the shares as they are typed."""
    lacking = missing_share(shares)
    total = WHOLE - lacking
    return total, lacking, _total_words(total, lacking), not lacking


def _total_words(total, lacking):
    words = {"total": format_percent(total, 2), "rest": format_percent(abs(lacking), 2), "whole": _whole()}
    if lacking > 0:
        return _("The shares add up to %(total)s. %(rest)s more make %(whole)s.") % words
    if lacking < 0:
        return _("The shares add up to %(total)s. Take away %(rest)s to make %(whole)s.") % words
    return _("The shares add up to %(total)s.") % words


def _whole():
    return format_percent(WHOLE, 2)
