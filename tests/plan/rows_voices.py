"""Rows of the golden table: difficulties and proposals, the satisfaction survey (see tests/role_table.py)."""

from tests.house.table import Row

_LEADERS = "head deputy delegated"
_INSIDE = f"coordinator reporter other_reporter unit_head {_LEADERS}"
_INSIDE_GET = f"200 {_INSIDE} | 302 anonymous | 403 *"
_RAISED = f"200 coordinator reporter unit_head {_LEADERS} | 302 anonymous | 404 other_reporter | 403 *"
_HANDED = f"200 coordinator other_reporter {_LEADERS} | 302 anonymous | 404 reporter unit_head | 403 *"
_POINT = f"200 coordinator {_LEADERS} | 302 anonymous | 404 reporter other_reporter unit_head | 403 *"


def _step(name, number, hidden_from="", may="coordinator"):
    out_of_sight = f" | 404 {hidden_from}" if hidden_from else ""
    return Row(
        f"plan:difficulty_{name} number={number}",
        get=f"200 {may} | 302 anonymous{out_of_sight} | 403 *",
        post=f"422 {may} | 302 anonymous{out_of_sight} | 403 *",
    )


ROWS = [
    Row("plan:difficulties_answered", get="200 *", post="405 *"),
    Row("plan:difficulty_public number=public_difficulty", get="200 *", post="405 *"),
    Row("plan:difficulty_public number=raised_difficulty", get="404 *", post="405 *"),
    Row("plan:difficulty_send", get="200 *", post="422 *"),
    Row("plan:difficulty_look_up", get="200 *", post="405 *"),
    Row("plan:difficulty_track code=difficulty_code", get="200 *", post="405 *"),
    Row("plan:difficulty_track code=AAAA-AAAA-AAAA-AAAA", get="404 *", post="405 *"),
    Row("plan:difficulty_receipt code=difficulty_code", get="200 *", post="405 *"),
    Row("plan:difficulty_consents code=difficulty_code", get="200 *", post="302 *"),
    Row("plan:difficulties", get=_INSIDE_GET, post="405 *"),
    Row("plan:difficulty_export", get=_INSIDE_GET, post="405 *"),
    Row(
        "plan:difficulty_raise",
        get="200 reporter other_reporter unit_head | 302 anonymous | 403 *",
        post="422 reporter other_reporter unit_head | 302 anonymous | 403 *",
    ),
    Row("plan:difficulty_reports", get="200 coordinator | 302 anonymous | 403 *", post="405 *"),
    Row("plan:difficulty_take", get="405 *", post="302 anonymous coordinator | 403 *"),
    Row("plan:difficulty number=raised_difficulty", get=_RAISED, post="405 *"),
    Row("plan:difficulty number=handed_difficulty", get=_HANDED, post="405 *"),
    _step("assign", "raised_difficulty", "other_reporter"),
    _step("answer", "handed_difficulty", "reporter unit_head", "coordinator other_reporter"),
    _step("send_back", "checked_difficulty"),
    _step("publish", "public_difficulty"),
    _step("close", "raised_difficulty", "other_reporter"),
    _step("reopen", "public_difficulty"),
    _step("renew", "handed_difficulty", "reporter unit_head"),
    # ---- the survey
    Row("survey:answer code=survey_code", get="200 *", post="422 *"),
    Row("survey:kiosk code=survey_code", get="200 *", post="422 *"),
    Row("survey:thanks code=survey_code", get="200 *", post="405 *"),
    Row("survey:kiosk_thanks code=survey_code", get="200 *", post="405 *"),
    Row("survey:answer code=AAAAAAAA", get="404 *", post="404 *"),
    Row("survey:answer code=ended_survey_code", get="410 *", post="410 *"),
    Row("plan:survey", get=_INSIDE_GET, post="405 *"),
    Row(
        "plan:survey_new",
        get="200 coordinator | 302 anonymous | 403 *",
        post="422 coordinator | 302 anonymous | 403 *",
    ),
    Row(
        "plan:survey_point pk=survey_point",
        get=_POINT,
        post="422 coordinator | 302 anonymous | 404 reporter other_reporter unit_head | 403 *",
    ),
    Row("plan:survey_poster pk=survey_point paper=a5", get=_POINT, post="405 *"),
    Row("plan:survey_results", get=_INSIDE_GET, post="405 *"),
    Row("plan:survey_export", get=_INSIDE_GET, post="405 *"),
    Row("plan:survey_comments", get="200 coordinator unit_head | 302 anonymous | 403 *", post="405 *"),
    Row(
        "plan:survey_hide pk=survey_comment",
        get=f"200 coordinator | 302 anonymous | 404 reporter other_reporter unit_head {_LEADERS} | 403 *",
        post=f"422 coordinator | 302 anonymous | 404 reporter other_reporter unit_head {_LEADERS} | 403 *",
    ),
]
