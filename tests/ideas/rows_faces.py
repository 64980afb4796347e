"""Who gets the application as a file, and who meets forms on paper."""

from tests.house.table import Row

_WRITERS = "200 AUTHORS | 302 anonymous | 404 *"
_PRINTERS = "302 anonymous | 403 superuser | 200 *"
_CLERK = "200 clerk | 302 anonymous | 403 *"

ROWS = [
    Row("ideas:blank_forms", get=_PRINTERS, post="302 * | 403 superuser"),
    Row("ideas:blank_form code=blank_form", get="200 author | 302 anonymous | 404 *", post="405 *"),
    Row("ideas:blank_form code=AAAAAAAA", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:key_form", get=_CLERK, post="302 anonymous | 405 clerk | 403 *"),
    Row("ideas:key_this_form code=blank_form", get=_CLERK, post="302 anonymous clerk | 403 *"),
    Row(
        "ideas:key_this_form code=AAAAAAAA",
        get="302 anonymous | 404 clerk | 403 *",
        post="302 anonymous | 404 clerk | 403 *",
    ),
    Row("ideas:application_draft code=draft face=pdf", get=_WRITERS, post="405 *"),
    Row("ideas:application_draft code=supplement face=docx", get=_WRITERS, post="405 *"),
    Row("ideas:application_draft code=submitted face=pdf", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:application_draft code=foreign_draft face=pdf",
        get="200 stranger | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:application code=draft face=pdf", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:application code=submitted face=pdf",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:application code=evaluating face=docx",
        get="200 AUTHORS OFFICERS DECIDERS member stand_in | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:application code=submitted face=xlsx", get="302 anonymous | 404 *", post="405 *"),
]
