"""A form template joined with what a dossier says: the one source of the page, the Word file and the PDF."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from papers.documents import ward_name
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

NOTHING = "–"  # a box nobody wrote in
NONE_NEEDED = "Không có"
KEPT_BACK = "(không hiển thị)"  # a day of birth, for who has no work with the dossier
WITHHELD = "Có thông tin cần được bảo mật; người đọc bản này không được xem."


@dataclass(frozen=True)
class Part:
    """The answer in one box. `text` is as typed, its lines kept; `NOTHING` where the box is empty."""

    field: object
    text: str
    is_changed: bool = False

    @property
    def is_empty(self):
        return self.text == NOTHING


@dataclass(frozen=True)
class Filled:
    """One item with its answer: `parts` of boxes, or `rows` of people (texts in the order of the columns).

    `text` is the answer of an item that has one alone, and of several days the earliest.
    """

    item: object
    text: str = ""
    parts: tuple = ()
    rows: tuple = ()
    is_changed: bool = False
    is_withheld: bool = False

    @property
    def table(self):
        """Rows of (column, text)."""
        return [list(zip(self.item.columns, row, strict=True)) for row in self.rows]


def filled(template, values, *, field_name="", before=None, opens_confidential=True):
    """The items of `template` with the answers of `values` (a version's payload), in the order of the form.

    `field_name` names the field of application, of which the payload holds the code. `before` is the payload
    it is compared with. Without `opens_confidential` a confidential answer says only that there is one, and
    no day of birth is shown.
    """
    desk = _Desk(values, before, field_name, opens_confidential)
    return tuple(desk.item(item) for item in template.items)


class _Desk:
    def __init__(self, values, before, field_name, opens_confidential):
        self.values, self.before = values, before
        self.field_name, self.opens_confidential = field_name, opens_confidential

    def item(self, item):
        if item.kind == "recipient":
            return Filled(item, ward_name())
        if item.kind == "people":
            people = enumerate(self.values[item.key], 1)
            rows = tuple(_row(item, place, person, self.opens_confidential) for place, person in people)
            return Filled(item, rows=rows, is_changed=self._changed(item.key))
        if not item.fields:
            return Filled(item)
        return self._answered(item)

    def _answered(self, item):
        gate = next((field for field in item.fields if field.is_gate), None)
        fields = [field for field in item.fields if field is not gate]
        changed = any(self._changed(field.key) for field in item.fields)
        if gate and self.values.get(gate.key) is not True:
            said_no = self.values.get(gate.key) is False
            return Filled(item, NONE_NEEDED if said_no else NOTHING, is_changed=changed)
        parts = tuple(Part(field, self._text(field), self._changed(field.key)) for field in fields)
        withheld = not self.opens_confidential and any(self._is_withheld(field) for field in fields)
        return Filled(item, self._whole(item, parts), parts, is_changed=changed, is_withheld=withheld)

    def _whole(self, item, parts):
        if item.shows_earliest:
            days = [self.values[part.field.key] for part in parts if self.values.get(part.field.key)]
            return short_date(date.fromisoformat(min(days))) if days else NOTHING
        return parts[0].text if len(parts) == 1 else ""

    def _changed(self, key):
        return self.before is not None and self.values.get(key) != self.before.get(key)

    def _is_withheld(self, field):
        return field.is_confidential and self.values.get(field.key) not in (None, "")

    def _text(self, field):
        value = self.values.get(field.key)
        if value in (None, ""):
            return NOTHING
        if not self.opens_confidential and field.is_confidential:
            return WITHHELD
        return self.field_name or value if field.key == "field" else text_of(field, value)


def text_of(field, value):
    """A stored answer as the form says it, in Vietnamese whatever the reader's language."""
    if field.kind == "choice":
        return field.chosen(value)
    if field.kind == "date":
        return short_date(date.fromisoformat(value))
    if field.kind == "amount":
        return f"{format_decimal(Decimal(value), 0, 'vi')} đồng"
    return value


def _row(item, place, person, opens_births):
    return tuple(_cell(column.key, place, person, opens_births) for column in item.columns)


def _cell(key, place, person, opens_births):
    if key == "order":
        return str(place)
    value = person.get(key)
    if value in (None, ""):
        return NOTHING
    if key == "birth_date":
        return short_date(date.fromisoformat(value)) if opens_births else KEPT_BACK
    return format_decimal(Decimal(value), 2, "vi") if key == "share" else value
