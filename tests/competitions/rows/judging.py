"""The golden table: addresses of judging."""

from tests.house.table import Row

_THEIRS = "200 organiser | 302 anonymous | 404 *"
_BACK = "302 organiser anonymous | 404 *"  # done, or refused with the reason on the board
_OWN = "200 judge | 302 anonymous | 404 *"
_STAGE = "code=judging stage=so-khao"

ROWS = [
    Row("competitions:stages code=judging", get=_THEIRS, post="405 *"),
    Row("competitions:stages_board code=judging", get=_THEIRS, post="405 *"),
    Row("competitions:shortlist code=judging", get=_BACK, post=_BACK),
    Row(
        "competitions:sheet_give_back code=judging pk=foreign_entry_sheet",
        get=_THEIRS,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row(f"competitions:stage_assign {_STAGE}", get=_BACK, post=_BACK),
    Row(f"competitions:stage_top_up {_STAGE}", get="405 *", post=_BACK),
    Row(f"competitions:stage_remind {_STAGE}", get="405 *", post=_BACK),
    Row(f"competitions:stage_close {_STAGE}", get=_BACK, post=_BACK),
    Row(f"competitions:stage_reopen {_STAGE}", get=_BACK, post=_BACK),
    Row(
        "competitions:stage_reopen code=results_drafted stage=so-khao",
        get=_THEIRS,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row("competitions:sheets", get="200 judge | 302 anonymous | 403 *", post="405 *"),
    Row("competitions:sheet_list", get="200 judge | 302 anonymous | 403 *", post="405 *"),
    # Without what the page was drawn from, nothing is overwritten.
    Row("competitions:sheet pk=judge_sheet", get=_OWN, post="409 judge | 302 anonymous | 404 *"),
    Row("competitions:sheet_autosave pk=judge_sheet", get="405 *", post="409 judge | 401 anonymous | 404 *"),
    Row(
        "competitions:sheet_send pk=judge_sheet",
        get="302 judge anonymous | 404 *",
        post="302 judge anonymous | 404 *",
    ),
    Row("competitions:sheet_recuse pk=judge_sheet", get=_OWN, post="200 judge | 302 anonymous | 404 *"),
    Row("competitions:sheet_file pk=judge_sheet number=1", get=_OWN, post="405 *"),
    Row(
        "competitions:sheet pk=foreign_entry_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"
    ),
    Row(
        "competitions:sheet_autosave pk=foreign_entry_sheet",
        get="405 *",
        post="401 anonymous | 404 *",
    ),
    Row("competitions:sheet_file pk=foreign_entry_sheet number=1", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "competitions:sheet pk=recused_entry_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"
    ),
    # After the close organisers read.
    Row("competitions:sheet pk=judged_sheet", get=_THEIRS, post="403 organiser | 302 anonymous | 404 *"),
]
