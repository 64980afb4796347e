"""The page where a person chooses between two versions of a field. Nothing is chosen beforehand, and what was
typed travels along, so that the choice is the form's own POST. Drawn by components/two_versions.html."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from .differences import own_words

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


def row(posted, clash, label, shown):
    """One field with both versions, for the template. `shown` turns a value into words."""
    mine, theirs = shown(clash.mine), shown(clash.theirs)
    return {
        "name": clash.name,
        "label": label,
        "seen": clash.seen,
        "choice": chosen(posted, clash.name),
        "mine": _marked(mine, theirs),
        "theirs": _marked(theirs, mine),
    }


def choice_context(posted, rows, unchosen):
    """What components/two_versions.html needs beside `by`, `at` and `now`."""
    open_rows = [row["label"] for row in rows if not row["choice"]]
    return {
        "rows": rows,
        "chosen_count": len(rows) - len(open_rows),
        "open_rows": open_rows,
        "was_sent": bool(unchosen),
        "hidden": _hidden(posted),
    }


def empty_or(value):
    return _("(empty)") if value in (None, "") else value


def _marked(text, other):
    pieces = own_words(text, other)
    return format_html_join(
        "", "{}", ((format_html("<ins>{}</ins>", words) if only else words,) for words, only in pieces)
    )


def _hidden(posted):
    own = ("csrfmiddlewaretoken", "all")
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in own and not name.startswith(("seen-", "choice-"))
        for value in values
    ]
