"""The published table of targets as Excel or CSV: the same rows and words as the page."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.workbook.writer import write_text, write_workbook

from . import words


def columns():
    return [
        (_("Code"), 8),
        (pgettext("plan", "Group"), 24),
        (_("Target"), 60),
        (_("Indicator"), 40),
        (_("Goal"), 18),
        (_("When"), 14),
        (_("Expected of the year"), 16),
        (_("Result"), 18),
        (_("Counted"), 12),
        (_("Out of"), 12),
        (_("As of"), 12),
        (_("Source"), 44),
        (_("State"), 18),
        (_("Why"), 50),
        (_("Leading unit"), 36),
    ]


def rows(shown):
    for one in shown.targets:
        held = one.held
        counted = held.measure.numerator if held and held.definition.is_measurable else None
        yield [
            one.code,
            one.group_name,
            one.text,
            one.definition.indicator,
            words.goal_of(one),
            words.when_of(one),
            words.expected_of(one, one.year),
            words.value_or_why_not(one),
            counted,
            held.measure.denominator if counted is not None and held.definition.is_share else None,
            held.as_of if held else None,
            capfirst(words.source_of(one)),
            capfirst(str(one.standing.label)),
            words.why(one),
            ", ".join(one.leads),
        ]


def as_excel(shown) -> bytes:
    title = _("Progress of the plan, figures of %(year)s") % {"year": shown.year}
    published = shown.publication
    about = [
        (_("Year"), shown.year),
        (pgettext("plan", "Published"), published.published_at),
        (_("Publication of the year"), published.number),
        (_("Note"), published.note),
        ("SHA-256", published.sha256),
        *((capfirst(str(one.label)), str(words.RULES[one])) for one in words.STANDINGS),
    ]
    return write_workbook(
        [
            (_("Targets"), columns(), rows(shown)),
            (_("About these figures"), [(_("What"), 26), (_("Value"), 90)], about),
        ],
        title,
    )


def as_csv(shown) -> bytes:
    return write_text(columns(), rows(shown))
