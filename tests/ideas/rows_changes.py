"""What changed between two versions: whoever may open the dossier, where there are two. What a form still
lacks: whoever writes in it."""

from tests.house.table import Row

ROWS = [
    Row("ideas:changes code=submitted", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:changes code=twice",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:form_standing code=draft step=1",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:form_standing code=foreign_draft step=1",
        get="200 stranger | 302 anonymous | 404 *",
        post="405 *",
    ),
]
