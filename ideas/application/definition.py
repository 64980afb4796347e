"""A form template as values: what the circular asks, in its order, with its numbers and its words.

A template is one JSON definition in a versioned row (`models.FormTemplate`), as rubrics are: it is read and
replaced as a whole and never queried by part. Wordings are Vietnamese in every language of the portal, as
they stand in the circular.
"""

from dataclasses import dataclass

KINDS = ("recipient", "people", "text", "long_text", "date", "amount", "choice", "pledge", "signature")
TEXT_KINDS = ("text", "long_text", "date", "amount", "choice")


class TemplateInvalid(ValueError):
    """The definition does not add up; `problems` says where."""

    def __init__(self, problems):
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Column:
    """Of a table of people. `width` is a share of the table's."""

    key: str
    wording: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Field:
    """What one box of the web form holds; `key` is its name on `Initiative`.

    `wording` is empty where the item alone names it. `optional` is what the form calls "if any"; `gate` says
    by yes or no whether the item holds anything; `choices` are (value, wording).
    """

    key: str
    kind: str
    wording: str = ""
    optional: bool = False
    is_confidential: bool = False
    is_gate: bool = False
    choices: tuple = ()

    def chosen(self, value):
        """The wording of a stored choice; the value itself where it is none of them."""
        return next((wording for choice, wording in self.choices if choice == value), str(value))


@dataclass(frozen=True)
class Item:
    """One thing the form asks. `number` is its place in the form, `mark` what the circular prints before it
    ("-" or nothing). `in_annex`: asked by the ward beside the circular's form, printed after the signature.
    """

    number: int
    key: str
    kind: str
    wording: str
    mark: str = ""
    note: str = ""
    in_annex: bool = False
    shows_earliest: bool = False  # of several days, the first is the answer
    lines: int = 1  # dotted lines when printed blank
    columns: tuple = ()
    fields: tuple = ()

    @property
    def label(self):
        """As printed: "- Lĩnh vực áp dụng sáng kiến:"."""
        return f"{self.mark} {self.wording}:".strip()


@dataclass(frozen=True)
class Template:
    title: str
    items: tuple

    @property
    def main(self):
        """The circular's own form."""
        return tuple(item for item in self.items if not item.in_annex)

    @property
    def annex(self):
        return tuple(item for item in self.items if item.in_annex)

    @property
    def fields(self):
        return tuple(field for item in self.items for field in item.fields)

    @property
    def confidential_keys(self):
        return frozenset(field.key for field in self.fields if field.is_confidential)

    @property
    def required_keys(self):
        return frozenset(field.key for field in self.fields if not field.optional)

    def item_of(self, key):
        """The item a box of the web form belongs to, or None."""
        for item in self.items:
            if item.key == key or any(field.key == key for field in item.fields):
                return item
        return None

    def field(self, key):
        return next((field for field in self.fields if field.key == key), None)


def read_template(definition):
    """`definition` as a `Template`. Raises `TemplateInvalid` naming every fault."""
    try:
        template = Template(definition["title"], tuple(map(_item, definition["items"])))
    except (KeyError, TypeError, AttributeError) as error:
        raise TemplateInvalid([f"incomplete definition: {error}"]) from error
    if problems := list(_problems(template)):
        raise TemplateInvalid(problems)
    return template


def _item(values):
    return Item(
        **values
        | {
            "columns": tuple(Column(**column) for column in values.get("columns", ())),
            "fields": tuple(_field(field) for field in values.get("fields", ())),
        }
    )


def _field(values):
    return Field(**values | {"choices": tuple(map(tuple, values.get("choices", ())))})


def _problems(template):
    if not template.title:
        yield "no title"
    for part in (template.main, template.annex):
        if [item.number for item in part] != list(range(1, len(part) + 1)):
            yield "items are numbered from 1 without gaps, those of the annex anew"
    keys = [field.key for field in template.fields]
    if len(keys) != len(set(keys)):
        yield "a field stands twice"
    for item in template.items:
        yield from _problems_of(item)


def _problems_of(item):
    if not item.wording:
        yield f"{item.key}: no wording"
    if item.kind not in KINDS or any(field.kind not in TEXT_KINDS for field in item.fields):
        yield f"{item.key}: unknown kind"
    if (item.kind == "people") != bool(item.columns):
        yield f"{item.key}: a table of people has columns, nothing else has"
    if item.kind in TEXT_KINDS and not item.fields:
        yield f"{item.key}: asks for nothing"
    if sum(field.is_gate for field in item.fields) > 1:
        yield f"{item.key}: two gates"
    if any((field.kind == "choice") != bool(field.choices) for field in item.fields):
        yield f"{item.key}: a choice has choices, nothing else has"
