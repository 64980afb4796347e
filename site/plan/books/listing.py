"""The list of a book, the year asked for, and what the overview counts."""

from django.db.models import Count
from django.db.models.functions import ExtractYear

from ..models import BookEntry

PER_PAGE = 50


def rows(book, rights, year=None):
    """The standing entries this person reads, loaded for the columns; of one year where the book has days."""
    found = rights.visible(book).filter(struck_at__isnull=True).select_related("unit__residential_end")
    if book.day and year:
        found = found.filter(**{f"{book.day}__year": year})
    return book.load(found).order_by(*book.order_by)


def years(book, rights):
    """Years with entries, the latest first."""
    if not book.day:
        return []
    found = rights.visible(book).filter(struck_at__isnull=True).order_by()
    asked = found.annotate(of_year=ExtractYear(book.day)).values_list("of_year", flat=True).distinct()
    return sorted((year for year in asked if year), reverse=True)


def counts(books, rights):
    """{code of a book: standing entries this person reads}: one query for any number of books."""
    whole = [b.code for b in books if rights.reads_all or b.read_by_all or rights.keeps(b)]
    own = [b.code for b in books if b.code not in whole]
    found = BookEntry.objects.filter(struck_at__isnull=True)
    found = found.filter(book__in=whole) | found.filter(book__in=own, unit__in=rights.own)
    return dict(found.order_by().values_list("book").annotate(Count("pk")))
