"""Who gets what of the books of activities and of what the public reads of them."""

from tests.house.table import Row

INSIDE = "coordinator reporter other_reporter unit_head head deputy delegated"
KEEPERS = "coordinator reporter unit_head"  # of the division that keeps the books of clubs and teams
READERS = f"{KEEPERS} head deputy delegated"
UNITS = f"{KEEPERS} other_reporter"  # whoever writes for a unit
_LEADERS = "head deputy delegated"

_READ = f"200 {READERS} | 302 anonymous | 403 *"
_WRITE = f"200 {KEEPERS} | 302 anonymous | 403 *"
_WRITTEN = f"422 {KEEPERS} | 302 anonymous | 403 *"
_TAKEN = f"302 anonymous {KEEPERS} | 403 *"
_ALL_READ = f"200 {INSIDE} | 302 anonymous | 403 *"
_ALL_WRITE = f"200 {UNITS} | 302 anonymous | 403 *"
_ALL_WRITTEN = f"422 {UNITS} | 302 anonymous | 403 *"
# An entry of another unit is out of sight.
_OWN_READ = f"200 {READERS} | 302 anonymous | 404 other_reporter | 403 *"
_OWN_WRITE = f"200 {KEEPERS} | 302 anonymous | 404 other_reporter | 403 *"
_OWN_WRITTEN = f"422 {KEEPERS} | 302 anonymous | 404 other_reporter | 403 *"
_COORDINATES = "200 coordinator | 302 anonymous | 403 *"
_COORDINATED = "422 coordinator | 302 anonymous | 403 *"
_KEEP_GROUPS = "200 coordinator administrator | 302 anonymous | 403 *"
_KEPT_GROUPS = "422 coordinator administrator | 302 anonymous | 403 *"
_NOTHING = "302 anonymous | 404 *"
_EVERYBODY = "200 *"


def _book(slug, entry, read, write, written, own_read, own_write, own_written):
    """The addresses every book has."""
    at = f"book={slug} pk={entry}"
    return [
        Row(f"plan:book book={slug}", get=read, post="405 *"),
        Row(f"plan:book_excel book={slug}", get=read, post="405 *"),
        Row(f"plan:book_new book={slug}", get=write, post=written),
        Row(f"plan:book_entry {at}", get=own_read, post="405 *"),
        Row(f"plan:book_edit {at}", get=own_write, post=own_written),
        Row(f"plan:book_strike {at}", get=own_write, post=own_written),
        Row(f"plan:book_file_new {at}", get=own_write, post=own_written),
        Row(f"plan:book_step {at} step=khong-co", get=_NOTHING_OF(read), post=_NOTHING_OF(read)),
    ]


def _NOTHING_OF(read):
    """What is not there: 404 for whoever reads the book, 403 for the others."""
    return read.replace("200 ", "404 ")


_SHARED = (_READ, _WRITE, _WRITTEN, _READ, _WRITE, _WRITTEN)
_BY_UNITS = (_ALL_READ, _ALL_WRITE, _ALL_WRITTEN, _OWN_READ, _OWN_WRITE, _OWN_WRITTEN)
_BY_COORDINATORS = (_ALL_READ, _COORDINATES, _COORDINATED, _ALL_READ, _COORDINATES, _COORDINATED)
# What everybody reads of a model changes by the coordinator alone.
_PUBLISHED = "200 coordinator | 302 anonymous | 404 other_reporter | 403 *"
_PUBLISHED_WRITTEN = "422 coordinator | 302 anonymous | 404 other_reporter | 403 *"
_FILE = "book=nhat-ky pk=activity file=activity_photo"
_MEMBER = "book=cau-lac-bo pk=club part=thanh-vien"
_ITEM = "book=chuong-trinh pk=programme part=cong-viec"
_MODEL = "book=mo-hinh pk=model_draft"

ROWS = [
    Row("plan:books", get=_ALL_READ, post="405 *"),
    Row("plan:residential_groups", get=_KEEP_GROUPS, post=_KEPT_GROUPS),
    Row("plan:residential_group pk=tdp", get=_KEEP_GROUPS, post=_KEPT_GROUPS),
    Row("plan:residential_end pk=tdp", get=_KEEP_GROUPS, post=_KEPT_GROUPS),
    Row("plan:residential_undo_end pk=tdp", get=_KEEP_GROUPS, post=_KEPT_GROUPS),
    Row("plan:book book=khong-co", get=_NOTHING, post="405 *"),
    *_book("cau-lac-bo", "club", *_SHARED),
    *_book("to-cong-nghe-so", "team", *_SHARED),
    *_book("nhat-ky", "activity", *_SHARED),
    *_book("buoi-tuyen-truyen", "resident_session", *_BY_UNITS),
    *_book("dot-tuyen-truyen", "campaign", *_BY_UNITS),
    *_book("can-bo", "officer", *_BY_COORDINATORS),
    *_book("truyen-thong", "publicity_item", *_BY_UNITS),
    *_book("mo-hinh", "model", *_BY_UNITS[:4], _PUBLISHED, _PUBLISHED_WRITTEN),
    Row(f"plan:book_file {_FILE}", get=_READ, post="405 *"),
    Row(f"plan:book_file_remove {_FILE}", get=_WRITE, post=_TAKEN),
    Row(f"plan:book_part_new {_MEMBER}", get=_WRITE, post=_WRITTEN),
    Row(f"plan:book_part {_MEMBER} row=member", get=_WRITE, post=_WRITTEN),
    Row(f"plan:book_part_remove {_MEMBER} row=member", get=_WRITE, post=_TAKEN),
    Row("plan:book_step book=can-bo pk=officer step=ra-soat", get=_COORDINATES, post=_COORDINATED),
    Row(f"plan:book_entry {_MODEL}", get=_OWN_READ, post="405 *"),
    Row(
        f"plan:book_step {_MODEL} step=cong-bo",
        get=_PUBLISHED,
        post=_PUBLISHED_WRITTEN,
    ),
    Row("plan:book book=chuong-trinh", get=_ALL_READ, post="405 *"),
    Row("plan:book_excel book=chuong-trinh", get=_ALL_READ, post="405 *"),
    Row("plan:book_new book=chuong-trinh", get=_WRITE, post=_WRITTEN),
    Row("plan:book_entry book=chuong-trinh pk=programme", get=_ALL_READ, post="405 *"),
    Row("plan:book_edit book=chuong-trinh pk=programme", get=_WRITE, post=_WRITTEN),
    Row(
        "plan:book_strike book=chuong-trinh pk=programme",
        get=_NOTHING_OF(_ALL_READ),
        post=_NOTHING_OF(_ALL_READ),
    ),
    Row(f"plan:book_part_new {_ITEM}", get=_WRITE, post=_WRITTEN),
    Row(f"plan:book_part {_ITEM} row=programme_item", get=_WRITE, post=_WRITTEN),
    Row("plan:book_step book=chuong-trinh pk=programme step=ban-hanh", get=_WRITE, post=_WRITTEN),
    Row(
        "plan:book_edit book=chuong-trinh pk=issued_programme",
        get="302 anonymous | 403 *",
        post="302 anonymous | 403 *",
    ),
    Row("plan:programme_paper book=chuong-trinh pk=programme face=docx", get=_ALL_READ, post="405 *"),
    Row("plan:programme_paper book=chuong-trinh pk=issued_programme face=pdf", get=_ALL_READ, post="405 *"),
    Row("plan:programme_signed book=chuong-trinh pk=issued_programme", get=_ALL_READ, post="405 *"),
    Row("plan:programme_signed book=chuong-trinh pk=programme", get=_NOTHING_OF(_ALL_READ), post="405 *"),
    Row("plan:programme_term", get=_COORDINATES, post=_COORDINATED),
    Row("plan:programme_public year=2028", get=_EVERYBODY, post="405 *"),
    Row("plan:programme_public year=2027", get="404 *", post="405 *"),
    Row("plan:showcases", get=_EVERYBODY, post="405 *"),
    Row("plan:showcase slug=model_slug", get=_EVERYBODY, post="405 *"),
    Row("plan:showcase slug=khong-co", get="404 *", post="405 *"),
    Row("plan:showcase_picture slug=model_slug file=model_picture", get=_EVERYBODY, post="405 *"),
    Row("plan:showcase_picture slug=model_slug file=activity_photo", get="404 *", post="405 *"),
    Row("plan:resident_session pk=public_session", get=_EVERYBODY, post="405 *"),
    Row("plan:resident_session pk=resident_session", get="404 *", post="405 *"),
]
