"""The golden table: addresses of the quiz. `stranger` is sitting it; all others have no entry."""

from tests.house.table import Row

_ORGANISER = "200 organiser | 302 anonymous | 404 *"

ROWS = [
    Row("competitions:quiz slug=quiz_slug", get="302 *", post="405 *"),
    Row("competitions:quiz slug=quiz_hidden_slug", get="302 anonymous | 404 *", post="405 *"),
    Row("competitions:quiz_start slug=quiz_slug", get="405 *", post="302 *"),
    Row(
        "competitions:quiz_question slug=quiz_slug number=1",
        get="200 stranger | 302 *",
        post="422 stranger | 302 *",
    ),
    Row("competitions:quiz_hand_in slug=quiz_slug", get="200 stranger | 302 *", post="302 *"),
    Row("competitions:questions code=quiz", get=_ORGANISER, post="405 *"),
    Row("competitions:questions code=quiz_hidden", get=_ORGANISER, post="405 *"),
    Row(
        "competitions:question_new code=quiz_hidden",
        get=_ORGANISER,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row(
        "competitions:question code=quiz_hidden pk=quiz_hidden_question",
        get=_ORGANISER,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row(
        "competitions:question_remove code=quiz_hidden pk=quiz_hidden_question",
        get=_ORGANISER,
        post="302 organiser anonymous | 404 *",
    ),
    Row(
        "competitions:question_import code=quiz_hidden",
        get=_ORGANISER,
        post="422 organiser | 302 anonymous | 404 *",
    ),
    Row("competitions:question_file code=quiz_hidden", get=_ORGANISER, post="405 *"),
]
