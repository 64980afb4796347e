"""Similar work and links: the hint for whoever may begin a dossier, links for whoever keeps one."""

from tests.house.table import Row

_OTHERS = "403 AUTHORS CHAIRS member stand_in DECIDERS | 404 *"
_NOT_SCORED = "302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *"

ROWS = [
    Row("ideas:form_similar", get="405 *", post="401 anonymous | 403 superuser | 200 *"),
    Row(
        "ideas:link code=evaluating",
        get=f"200 secretary | 302 anonymous | {_OTHERS}",
        post=f"422 secretary | 302 anonymous | {_OTHERS}",
    ),
    Row(
        "ideas:link code=draft",
        get="302 anonymous | 403 AUTHORS | 404 *",
        post="302 anonymous | 403 AUTHORS | 404 *",
    ),
    Row(
        "ideas:unlink code=evaluating pk=link",
        get=f"200 secretary | 302 anonymous | {_OTHERS}",
        post=f"422 secretary | 302 anonymous | {_OTHERS}",
    ),
    Row("ideas:unlink code=submitted pk=link", get=_NOT_SCORED, post=_NOT_SCORED),
]
