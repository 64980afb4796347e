"""The golden table: addresses of results."""

from tests.house.table import Row

_THEIRS = "200 organiser | 302 anonymous | 404 *"
_CHECKERS = "200 organiser publisher | 302 anonymous | 404 *"

ROWS = [
    Row("competitions:results code=judging", get=_THEIRS, post="405 *"),
    Row("competitions:results code=results_drafted", get=_CHECKERS, post="405 *"),
    Row("competitions:results code=results_out", get=_CHECKERS, post="405 *"),
    Row(
        "competitions:results_draft code=results_drafted",
        get=_THEIRS,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    # Never whoever drafted; a check of nothing seen confirms nothing.
    Row(
        "competitions:results_check code=results_drafted",
        get="405 *",
        post="403 organiser | 302 publisher anonymous | 404 *",
    ),
    Row(
        "competitions:results_send_back code=results_drafted",
        get="403 organiser | 200 publisher | 302 anonymous | 404 *",
        post="403 organiser | 422 publisher | 302 anonymous | 404 *",
    ),
    Row(
        "competitions:results_publish code=results_drafted",
        get="302 organiser publisher anonymous | 404 *",
        post="302 organiser publisher anonymous | 404 *",
    ),
    Row("competitions:results_workbook code=results_drafted", get=_THEIRS, post="405 *"),
    Row(
        "competitions:award_withdraw code=results_out pk=award",
        get=_THEIRS,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row(
        "competitions:entry_certificate pk=won_entry code=won_paper",
        get="302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "competitions:entry_to_initiative pk=entry",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row("competitions:winner_picture slug=results_out_slug pk=award number=1", get="200 *", post="405 *"),
    Row("competitions:winner_picture slug=results_out_slug pk=award number=9", get="404 *", post="405 *"),
]
