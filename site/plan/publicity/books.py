"""The book of what went out, with the year's table by month over it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from ..books import Book, Column, add_book
from ..forms.publicity import PublicityForm
from ..models import Channel, Publicity
from .counting import COLUMNS, PORTAL, counts


def label_of(column):
    return _("this portal") if column == PORTAL else str(Channel(column).label)


def table(rights, year):
    """The year's table: counts of the whole ward, whoever asks."""
    today = timezone.localdate()
    year = year or today.year
    found = counts(year, today)
    context = {
        "year": year,
        "columns": [label_of(column) for column in COLUMNS],
        "pairs": [(label_of(column), "r") for column in COLUMNS],
        "months": [
            (number, [month[column] for column in COLUMNS], sum(month.values()))
            for number, month in enumerate(found.months, 1)
        ],
        "empty": ", ".join(str(n) for n, month in enumerate(found.months, 1) if not any(month.values())),
        "totals": [found.totals[column] for column in COLUMNS],
        "total": found.total,
    }
    return "plan/publicity/_table.html", context


def sheet(rights, year):
    """The same table for Excel."""
    _template, data = table(rights, year)
    columns = [(_("Month"), 12), *((name, 18) for name in data["columns"]), (_("Total"), 12)]
    rows = [(number, *cells, total) for number, cells, total in data["months"]]
    rows.append((_("Year"), *data["totals"], data["total"]))
    name = _("By month")
    return [(f"{name} {data['year']}", columns, rows)]


BOOK = Book(
    code="publicity",
    slug="truyen-thong",
    order=70,
    label=gettext_lazy("Publicity log"),
    one=gettext_lazy("Publicity item"),
    add=gettext_lazy("Write down what went out"),
    about=gettext_lazy(
        "What went out by radio, websites, fanpage and Zalo. News of this portal counts by itself."
    ),
    empty=gettext_lazy("Write down each item when it has gone out: channel, time, link."),
    model=Publicity,
    form=PublicityForm,
    columns=(
        Column(gettext_lazy("What went out"), lambda row: row.title, 50),
        Column(gettext_lazy("Channel"), lambda row: row.get_channel_display(), 24),
        Column(gettext_lazy("When"), lambda row: timezone.localtime(row.at), 18),
        Column(gettext_lazy("People reached"), lambda row: row.reached, 14, kind="r"),
        Column(gettext_lazy("Length in minutes"), lambda row: row.minutes, 14, in_list=False),
        Column(pgettext_lazy("book", "Link"), lambda row: row.link, 50, in_list=False),
    ),
    facts=lambda row: [
        (_("Channel"), row.get_channel_display()),
        (_("When"), row.at),
        (pgettext("book", "Link"), row.link),
        (_("Length in minutes"), row.minutes),
        (_("People reached"), row.reached),
    ],
    order_by=("-at", "-pk"),
    day="at",
    above=table,
    more_sheets=sheet,
)


def register():
    add_book(BOOK)
