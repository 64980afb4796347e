"""Who reads what changed between two versions: whoever may open the dossier, where there are two."""

from tests.house.table import Row

ROWS = [
    Row("ideas:changes code=submitted", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:changes code=twice",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
]
