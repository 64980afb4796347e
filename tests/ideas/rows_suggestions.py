"""Rows of the golden table: ideas of residents and results of initiatives (see tests/role_table.py)."""

from tests.house.table import Row

_HANDLERS = "secretary coordinator"
_ROSTER = (  # whoever is on the roster reads ideas worth a dossier
    "302 anonymous | 404 superuser | 200 *"
)
_WRITERS = "author co_author unit_head secretary"
_READERS = "302 anonymous | 403 chair vice_chair MEMBERS DECIDERS | 404 *"

ROWS = [
    Row("suggestions:send", get="200 *", post="422 *"),
    Row("suggestions:look_up", get="200 *", post="405 *"),
    Row("suggestions:published", get="200 *", post="405 *"),
    Row("suggestions:published_idea number=public_idea", get="200 *", post="405 *"),
    Row("suggestions:published_idea number=waiting_idea", get="404 *", post="405 *"),
    Row("suggestions:track code=idea_code", get="200 *", post="405 *"),
    Row("suggestions:track code=AAAA-AAAA-AAAA-AAAA", get="404 *", post="405 *"),
    Row("suggestions:receipt code=idea_code", get="200 *", post="405 *"),
    Row("suggestions:consents code=idea_code", get="200 *", post="302 *"),
    Row("suggestions:handling", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "suggestions:idea number=waiting_idea",
        get=f"200 {_HANDLERS} unit_head | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("suggestions:idea number=public_idea", get=_ROSTER, post="405 *"),
    Row(
        "suggestions:assign number=waiting_idea",
        get=f"200 {_HANDLERS} | 302 anonymous | 403 unit_head | 404 *",
        post=f"422 {_HANDLERS} | 302 anonymous | 403 unit_head | 404 *",
    ),
    Row(
        "suggestions:answer number=waiting_idea",
        get=f"200 {_HANDLERS} unit_head | 302 anonymous | 404 *",
        post=f"422 {_HANDLERS} unit_head | 302 anonymous | 404 *",
    ),
    Row(
        "suggestions:close number=waiting_idea",
        get=f"200 {_HANDLERS} | 302 anonymous | 403 unit_head | 404 *",
        post=f"422 {_HANDLERS} | 302 anonymous | 403 unit_head | 404 *",
    ),
    Row(
        "suggestions:reopen number=public_idea",
        get=f"200 {_HANDLERS} | 302 anonymous | 404 superuser | 403 *",
        post=f"422 {_HANDLERS} | 302 anonymous | 404 superuser | 403 *",
    ),
    Row(
        "suggestions:renew number=public_idea",
        get=f"200 {_HANDLERS} | 302 anonymous | 404 superuser | 403 *",
        post=f"422 {_HANDLERS} | 302 anonymous | 404 superuser | 403 *",
    ),
    Row("suggestions:grow number=public_idea", get=_ROSTER, post="404 superuser | 302 *"),
    Row(
        "ideas:benefits code=measured",
        get="200 author co_author unit_head OFFICERS MEMBERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:benefit_new code=measured",
        get=f"200 {_WRITERS} | {_READERS}",
        post=f"422 {_WRITERS} | {_READERS}",
    ),
    Row(
        "ideas:benefit code=measured pk=entered_figure",
        get=f"200 {_WRITERS} | {_READERS}",
        post=f"422 {_WRITERS} | {_READERS}",
    ),
    Row(
        "ideas:benefit_measure code=measured pk=verified_figure months=6",
        get=f"200 {_WRITERS} | {_READERS}",
        post=f"422 {_WRITERS} | {_READERS}",
    ),
    Row(
        "ideas:benefit_adopt code=measured",
        get=f"200 {_WRITERS} | {_READERS}",
        post=f"422 {_WRITERS} | {_READERS}",
    ),
    Row(
        "ideas:benefit_end code=measured pk=entered_use",
        get=f"200 author co_author secretary | {_READERS}".replace("403", "403 unit_head"),
        post=f"422 author co_author secretary | {_READERS}".replace("403", "403 unit_head"),
    ),
    Row(
        "ideas:benefit_file code=measured pk=measurement_file",
        get="200 author co_author unit_head OFFICERS MEMBERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:benefit_verify code=measured kind=chi-so pk=entered_figure",
        get=f"200 unit_head secretary | {_READERS}".replace("403", "403 author co_author"),
        post=f"409 unit_head secretary | {_READERS}".replace("403", "403 author co_author"),
    ),
    Row(
        "ideas:benefit_return code=measured kind=chi-so pk=entered_figure",
        get=f"200 unit_head secretary | {_READERS}".replace("403", "403 author co_author"),
        post=f"422 unit_head secretary | {_READERS}".replace("403", "403 author co_author"),
    ),
]
