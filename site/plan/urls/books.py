"""The books of activities, and the residential groups they speak of."""

from django.urls import path

from ..views import books, books_writing, programme, residential

_AT = "dieu-hanh/hoat-dong/"
_BOOK = f"{_AT}<slug:book>/"
_ENTRY = f"{_BOOK}<int:pk>/"

urlpatterns = [
    path("dieu-hanh/to-dan-pho/", residential.groups, name="residential_groups"),
    path("dieu-hanh/to-dan-pho/<int:pk>/", residential.rename, name="residential_group"),
    path("dieu-hanh/to-dan-pho/<int:pk>/ket-thuc/", residential.end, name="residential_end"),
    path("dieu-hanh/to-dan-pho/<int:pk>/khoi-phuc/", residential.undo_end, name="residential_undo_end"),
    path(f"{_AT}chuong-trinh/han/", programme.term, name="programme_term"),
    path(f"{_ENTRY}van-ban/ban-ky/", programme.signed, name="programme_signed"),
    path(f"{_ENTRY}van-ban/<slug:face>/", programme.paper, name="programme_paper"),
    path(_AT, books.overview, name="books"),
    path(_BOOK, books.entries, name="book"),
    path(f"{_BOOK}excel/", books.excel, name="book_excel"),
    path(f"{_BOOK}them/", books_writing.new, name="book_new"),
    path(_ENTRY, books.entry, name="book_entry"),
    path(f"{_ENTRY}sua/", books_writing.edit, name="book_edit"),
    path(f"{_ENTRY}gach-bo/", books_writing.strike, name="book_strike"),
    path(f"{_ENTRY}buoc/<slug:step>/", books_writing.step, name="book_step"),
    path(f"{_ENTRY}tep/them/", books_writing.file_new, name="book_file_new"),
    path(f"{_ENTRY}tep/<int:file>/", books.file, name="book_file"),
    path(f"{_ENTRY}tep/<int:file>/bo/", books_writing.file_remove, name="book_file_remove"),
    path(f"{_ENTRY}<slug:part>/them/", books_writing.part_new, name="book_part_new"),
    path(f"{_ENTRY}<slug:part>/<int:row>/", books_writing.part_edit, name="book_part"),
    path(f"{_ENTRY}<slug:part>/<int:row>/bo/", books_writing.part_remove, name="book_part_remove"),
]
