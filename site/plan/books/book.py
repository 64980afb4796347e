"""What a book is: plain declarations, read by the pages that are the same for all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from trust.uploads import UploadPolicy

Words = str | Promise
FILES = UploadPolicy(
    frozenset({"pdf", "docx", "xlsx", "jpg", "png", "webp"}),
    20 * 1024 * 1024,
    max_files=20,
    longest=1600,  # points: enough for a screen and for print in a report
)


def nothing(*args, **kwargs):
    """For what a book does not need."""


@dataclass(frozen=True)
class Column:
    """`value(entry)` for the page and for Excel: text, number or date. The first one names the entry."""

    heading: Words
    value: Callable
    width: int = 20
    in_list: bool = True
    kind: str = ""  # class of its cells: "r num"


@dataclass(frozen=True)
class Part:
    """Rows below an entry that have no page of their own: members, replications, items. `name(row)` is what
    the log calls one; `fresh(entry)` makes an empty one that belongs to the entry."""

    slug: str
    label: Words
    add: Words  # the button
    model: type
    form: type
    columns: tuple[Column, ...]
    rows: Callable  # of an entry, in their order, loaded
    fresh: Callable
    name: Callable
    note: Words = ""
    empty: Words = ""


@dataclass(frozen=True)
class Step:
    """Something that happens to an entry beside being changed. `offered(entry)`: whether it makes sense now;
    `refusal(rights, entry)`: why this person may not, in words, or "". `take(entry, form, user, now)` inside
    the transaction, with the entry locked; it may answer a sentence for the log."""

    slug: str
    code: str  # of its log line
    label: Words
    happens: Words
    done: Words
    form: type
    take: Callable
    offered: Callable = lambda entry: True
    refusal: Callable = lambda rights, entry: ""
    is_danger: bool = False


@dataclass(frozen=True)
class Book:
    """`by_units`: units write it (else coordinators alone); those who report for one of the units `shared_by`
    write all of it. `read_by_all`: whoever works with the plan reads it."""

    code: str
    slug: str
    order: int
    label: Words
    one: Words
    add: Words
    about: Words
    empty: Words
    model: type
    form: type
    columns: tuple[Column, ...]
    facts: Callable  # [(label, value)] of an entry, for its page
    load: Callable = lambda rows: rows  # what list and Excel read beside the entry itself
    order_by: tuple[str, ...] = ("-pk",)
    day: str = ""  # the field a year is asked of
    by_units: bool = True
    shared_by: tuple[str, ...] = ()
    read_by_all: bool = False
    of_residential_groups: bool = False  # its entries belong to tổ dân phố
    files: UploadPolicy = FILES
    pictures_shown: bool = False  # public ones: each says what it shows and who agreed
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    can_be_struck: bool = True
    is_public: Callable = lambda entry: False
    written: Callable = nothing  # (entry, user, now, created) inside the transaction
    above: Callable | None = None  # (rights, year) -> (template, context) drawn over the list
    more_sheets: Callable = lambda rights, year: []  # of its Excel file, behind the entries
    fixed: Callable = lambda entry: ""  # why an entry is changed no more, in words
    kept: Callable = lambda entry: ""  # why only coordinators change it now, in words
    below: tuple = ()  # (template, context of an entry) drawn under the facts

    def part(self, slug):
        return next((part for part in self.parts if part.slug == slug), None)

    def step(self, slug):
        return next((step for step in self.steps if step.slug == slug), None)


_books: dict[str, Book] = {}


def add_book(book: Book) -> Book:
    """Raises ValueError when another one has the slug."""
    if _books.setdefault(book.slug, book) != book:
        raise ValueError(f"Two books are called {book.slug}")
    return book


def book_at(slug) -> Book | None:
    return _books.get(slug)


def all_books() -> list[Book]:
    return sorted(_books.values(), key=lambda book: book.order)
