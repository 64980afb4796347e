"""Two people edited the same field: both versions side by side, one choice each, none made beforehand."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ideas.completeness import STEPS
from ideas.differences import own_words
from ideas.models import Field
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

MINE, THEIRS = "mine", "theirs"


def resolved(posted, answers, base):
    """`(answers, base, names without a choice)` after what was chosen on the conflict page, if it was one.

    Mine: what was typed now stands against the version that was shown. Theirs: the field is left alone.
    Until every field has a choice nothing is resolved.
    """
    seen = {name.removeprefix("seen-"): value for name, value in posted.items() if name.startswith("seen-")}
    choices = {name: chosen(posted, name) for name in seen}
    unchosen = [name for name, choice in choices.items() if choice not in (MINE, THEIRS)]
    if not seen or unchosen:
        return answers, base, unchosen
    mine = {name for name, choice in choices.items() if choice == MINE}
    kept = {name: value for name, value in answers.items() if name in mine or name not in seen}
    return kept, {**base, **{name: seen[name] for name in mine}}, []


def chosen(posted, name):
    return posted.get("all") or posted.get(f"choice-{name}", "")


def conflict_page(request, initiative, step, form, conflict, unchosen):
    """The step's own POST again, with a choice for each field that two people changed."""
    rows = [_row(request, form, clash) for clash in conflict.clashes]
    open_rows = [row["label"] for row in rows if not row["choice"]]
    context = {
        "initiative": initiative,
        "number": step,
        "title": STEPS[step],
        "rows": rows,
        "by": conflict.by.display_name if conflict.by else "",
        "at": conflict.at,
        "now": timezone.now(),
        "chosen_count": len(rows) - len(open_rows),
        "open_rows": open_rows,
        "was_sent": bool(unchosen),
        "hidden": _hidden(request.POST),
    }
    return render(request, "ideas/form/conflict.html", context, status=409)


def _row(request, form, clash):
    field = form[form.form_name(clash.name)]
    mine, theirs = _shown(field, clash.mine), _shown(field, clash.theirs)
    return {
        "name": clash.name,
        "label": field.label,
        "seen": clash.seen,
        "choice": chosen(request.POST, clash.name),
        "mine": _marked(mine, theirs),
        "theirs": _marked(theirs, mine),
    }


def _shown(field, value):
    if value in (None, ""):
        return _("(empty)")
    if field.name == "field":
        return Field.objects.get(pk=value).name
    if choices := dict(getattr(field.field, "choices", ())):
        return str(choices.get({True: "yes", False: "no"}.get(value, value), value))
    if hasattr(value, "isoformat"):
        return short_date(value)
    if not isinstance(value, str):
        return format_decimal(value)
    return value


def _marked(text, other):
    pieces = own_words(text, other)
    return format_html_join(
        "", "{}", ((format_html("<ins>{}</ins>", words) if only else words,) for words, only in pieces)
    )


def _hidden(posted):
    """What was typed travels along, so that the choice is the step's own POST."""
    own = ("csrfmiddlewaretoken", "all")
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in own and not name.startswith(("seen-", "choice-"))
        for value in values
    ]
