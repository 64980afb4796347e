"""The golden table: addresses of organising."""

from tests.house.table import Row

_READS = "200 organiser | 302 anonymous | 403 *"
_FORM = {"get": _READS, "post": "422 organiser | 302 anonymous | 403 *"}
_PAGE = {"get": _READS, "post": "405 *"}
_NOT_THEIRS = {"get": "302 anonymous | 404 organiser | 403 *"}
_FOREIGN = _NOT_THEIRS | {"post": "302 anonymous | 404 organiser | 403 *"}
_FOREIGN_PAGE = _NOT_THEIRS | {"post": "405 *"}
_ACT = {"get": "405 *", "post": "302 anonymous organiser | 403 *"}
# What was announced stays: its forms are shown, and refuse.
_DRAFT, _OUT, _FOREIGN_ONE = "code=draft_competition", "code=competition", "code=foreign_competition"

ROWS = [
    Row("competitions:organise", **_PAGE),
    Row("competitions:make", **_PAGE),
    Row("competitions:make_of_kind kind=ideas", **_FORM),
    Row(f"competitions:manage {_OUT}", **_PAGE),
    Row(f"competitions:manage {_DRAFT}", **_PAGE),
    Row(f"competitions:manage {_FOREIGN_ONE}", **_FOREIGN_PAGE),
    Row(f"competitions:send {_DRAFT}", **_ACT),
    Row(f"competitions:send {_FOREIGN_ONE}", get="405 *", post="302 anonymous | 404 organiser | 403 *"),
    Row(f"competitions:take_back {_DRAFT}", **_ACT),
    Row(f"competitions:take_back {_FOREIGN_ONE}", get="405 *", post="302 anonymous | 404 organiser | 403 *"),
    # Without what the page was drawn from, nothing is overwritten.
    Row(f"competitions:rules {_DRAFT}", get=_READS, post="409 organiser | 302 anonymous | 403 *"),
    Row(f"competitions:rules {_OUT}", get=_READS, post="409 organiser | 302 anonymous | 403 *"),
    Row(f"competitions:rules {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:texts {_DRAFT}", **_FORM),
    Row(f"competitions:texts {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:entrance {_DRAFT}", **_FORM),
    Row(f"competitions:entrance {_OUT}", **_FORM),
    Row(f"competitions:entrance {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:phases {_DRAFT}", **_FORM),
    Row(f"competitions:phases {_OUT}", **_FORM),
    Row(f"competitions:phases {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:extend {_OUT}", **_FORM),
    Row(f"competitions:extend {_DRAFT}", **_FORM),
    Row(f"competitions:extend {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:prizes {_DRAFT}", **_FORM),
    Row(f"competitions:prizes {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:vote_share {_DRAFT}", **_FORM),
    Row(f"competitions:vote_share {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:jury {_DRAFT}", get=_READS, post="302 anonymous | 404 organiser | 403 *"),
    Row(f"competitions:jury {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:release_judge {_OUT} pk=judge_seat", **_FORM),
    Row(f"competitions:release_judge {_FOREIGN_ONE} pk=judge_seat", **_FOREIGN),
    Row(f"competitions:remove_organiser {_OUT} pk=organiser_row", **_FORM),
    Row(f"competitions:remove_organiser {_FOREIGN_ONE} pk=organiser_row", **_FOREIGN),
    Row(f"competitions:entries {_OUT}", **_PAGE),
    Row(f"competitions:entries {_FOREIGN_ONE}", **_FOREIGN_PAGE),
    Row(f"competitions:entries_workbook {_OUT}", **_PAGE),
    Row(f"competitions:entries_workbook {_FOREIGN_ONE}", **_FOREIGN_PAGE),
    Row(f"competitions:take_late {_OUT}", **_FORM),
    Row(f"competitions:take_late {_FOREIGN_ONE}", **_FOREIGN),
    Row(f"competitions:manage_entry {_OUT} pk=file_entry", **_PAGE),
    Row(f"competitions:manage_entry {_OUT} pk=draft_entry", **_FOREIGN_PAGE),
    Row(f"competitions:manage_entry {_OUT} pk=foreign_entry", **_FOREIGN_PAGE),
    Row("competitions:manage_entry code=foreign_running pk=foreign_entry", **_FOREIGN_PAGE),
    Row(f"competitions:manage_entry_file {_OUT} pk=file_entry file=entry_file", **_PAGE),
    Row(f"competitions:manage_entry_file {_OUT} pk=entry file=entry_file", **_FOREIGN_PAGE),
    Row(f"competitions:manage_entry_step {_OUT} pk=file_entry step=refuse", **_FORM),
    Row(
        f"competitions:manage_entry_step {_OUT} pk=file_entry step=reinstate",
        get="302 anonymous organiser | 403 *",
        post="422 organiser | 302 anonymous | 403 *",
    ),
    Row(f"competitions:manage_entry_step {_OUT} pk=draft_entry step=refuse", **_FOREIGN),
    Row("competitions:manage_entry_step code=foreign_running pk=foreign_entry step=refuse", **_FOREIGN),
]
