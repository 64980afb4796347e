"""The books of activities: lists that several units keep, each with the same pages.

A `Book` says what an entry is made of and who writes it; list, form, log, files and Excel are the same for
all (`listing`, `writing`, `files`, `workbook`, `views/books`). The books themselves are declared where their
subject is: `groups`, `activities`, `officers`, `publicity`, `showcase`, `programme`.
"""

from .book import Book, Column, Part, Step, add_book, all_books, book_at

__all__ = ["Book", "Column", "Part", "Step", "add_book", "all_books", "book_at"]
