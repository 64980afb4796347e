"""Who gets the pages of declarations, paper sheets and lead members."""

from tests.house.table import Row

_ANYBODY_GETS_BACK = "302 *"  # signed out to the sign-in page, signed in to one's own list

_NOBODY = "302 anonymous | 404 *"

_LEADS = "200 OFFICERS | 302 anonymous | 403 *"
_LEADS_SENT = "302 anonymous OFFICERS | 403 *"

ROWS = [
    Row("ideas:ranking", get=_LEADS, post="405 *"),
    Row("ideas:leads", get=_LEADS, post="405 *"),
    Row("ideas:leads_propose", get="302 anonymous | 422 OFFICERS | 403 *", post="405 *"),
    Row("ideas:leads_template", get=_LEADS, post="405 *"),
    Row("ideas:leads_upload", get="405 *", post="302 anonymous | 422 OFFICERS | 403 *"),
    Row("ideas:leads_apply", get="405 *", post=_LEADS_SENT),
    Row("ideas:leads_undo pk=lead_batch", get="405 *", post=_LEADS_SENT),
    Row(
        "ideas:leads_by_hand code=evaluating",
        get="200 secretary | 302 anonymous | 404 CHAIRS | 403 *",
        post="302 anonymous secretary | 404 CHAIRS | 403 *",
    ),
    Row(
        "ideas:lead_comment code=evaluating",
        get="200 member | 302 anonymous | 404 *",
        post="302 anonymous | 422 member | 404 *",
    ),
    Row("ideas:sheets_declare", get="405 *", post=_ANYBODY_GETS_BACK),
    Row("ideas:papers_waiting", get="200 clerk OFFICERS | 302 anonymous | 403 *", post="405 *"),
    Row(
        "ideas:paper_sheet code=paper",
        get="200 clerk secretary | 302 anonymous | 404 *",
        post="302 anonymous | 403 clerk secretary | 404 *",
    ),
    Row("ideas:paper_sheet code=AAAAAAAA", get=_NOBODY, post=_NOBODY),
    Row("ideas:paper_scan code=paper", get="200 clerk | 302 anonymous | 404 *", post="405 *"),
    Row("ideas:paper_scan code=AAAAAAAA", get=_NOBODY, post="405 *"),
    Row(
        "ideas:paper_drop code=paper",
        get="200 secretary | 302 anonymous | 403 clerk | 404 *",
        post="302 anonymous | 403 clerk | 422 secretary | 404 *",
    ),
    Row(
        "ideas:print_papers code=evaluating",
        get="405 *",
        post="200 secretary | 302 anonymous | 403 CHAIRS | 404 *",
    ),
]
