"""Who gets the ward's consolidated report: the coordinator writes it, the leaders of the ward read it."""

from tests.house.table import Row

_READ = "200 coordinator head deputy delegated | 302 anonymous | 403 *"
_WRITE = "200 coordinator | 302 anonymous | 403 *"
_NEVER = "404 coordinator head deputy delegated | 302 anonymous | 403 *"
_CLOSED = "302 anonymous | 403 *"

ROWS = [
    Row("plan:consolidations", get=_READ, post="405 *"),
    Row("plan:consolidation code=year_period", get=_READ, post="405 *"),
    Row("plan:consolidation code=2000-nam", get=_NEVER, post="405 *"),
    Row("plan:consolidation_begin code=year_period", get="405 *", post="302 anonymous coordinator | 403 *"),
    Row("plan:consolidation_renew code=year_period", get="405 *", post="302 anonymous coordinator | 403 *"),
    Row("plan:consolidation_differences code=year_period", get=_READ, post="405 *"),
    Row(
        "plan:consolidation_section code=year_period section=chi-dao",
        get=_WRITE,
        post="302 anonymous coordinator | 403 *",
    ),
    Row(
        "plan:consolidation_autosave code=year_period section=chi-dao",
        get="405 *",
        post="200 coordinator | 401 anonymous | 403 *",
    ),
    Row(
        "plan:consolidation_redraft code=year_period section=chi-dao",
        get=_WRITE,
        post="409 coordinator | 302 anonymous | 403 *",
    ),
    Row(
        "plan:consolidation_issue code=year_period",
        get=_WRITE,
        post="422 coordinator | 302 anonymous | 403 *",
    ),
    Row(
        "plan:consolidation_signer code=year_period",
        get=_WRITE,
        post="422 coordinator | 302 anonymous | 403 *",
    ),
    Row("plan:consolidation_signer code=issued_period", get=_CLOSED, post=_CLOSED),
    Row("plan:consolidation_paper code=year_period face=docx", get=_READ, post="405 *"),
    Row("plan:consolidation_paper code=year_period face=pdf", get=_READ, post="405 *"),
    Row("plan:consolidation_paper code=year_period face=odt", get=_NEVER, post="405 *"),
    Row("plan:consolidation_annexes code=year_period", get=_READ, post="405 *"),
    Row("plan:consolidation_signed code=year_period", get=_NEVER, post="405 *"),
    Row("plan:consolidation_section code=issued_period section=chi-dao", get=_CLOSED, post=_CLOSED),
    Row("plan:consolidation_signed code=issued_period", get=_READ, post="405 *"),
]
