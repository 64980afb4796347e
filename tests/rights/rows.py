"""Rows of the golden table: data rights (see tests/role_table.py)."""

from tests.house.table import Row

_OFFICER = "200 protection | 302 anonymous | 403 *"
_BAD = "422 protection | 302 anonymous | 403 *"
_GONE = "302 anonymous protection | 403 *"


def _read(address):
    return Row(address, get=_OFFICER, post="405 *")


def _step(name, number="rights_request"):
    return Row(f"rights:step number={number} step={name}", get=_OFFICER, post=_BAD)


ROWS = [
    Row("rights:index", get="200 *", post="405 *"),
    Row("rights:processing", get="200 *", post="405 *"),
    Row("rights:send", get="200 *", post="422 *"),
    Row("rights:look_up", get="200 *", post="405 *"),
    Row("rights:track code=rights_code", get="200 *", post="405 *"),
    Row("rights:track code=AAAA-AAAA-AAAA-AAAA", get="404 *", post="405 *"),
    Row("rights:receipt code=rights_code", get="200 *", post="405 *"),
    Row("rights:add code=rights_code", get="302 *", post="422 *"),
    Row("rights:drop code=rights_code", get="200 *", post="302 *"),
    Row("rights:take_copy code=rights_code", get="404 *", post="405 *"),
    Row("rights:confirm key=rights_key", get="200 *", post="302 *"),
    Row("rights:confirm key=khong-co", get="404 *", post="404 *"),
    Row("rights:consents", get="200 *", post="200 *"),
    Row("rights:consents_code", get="200 *", post="405 *"),
    Row("rights:consents_by_code code=difficulty_code", get="200 *", post="200 *"),
    Row("rights:consents_by_code code=AAAA-AAAA-AAAA-AAAA", get="404 *", post="404 *"),
    Row("rights:mine", get="302 anonymous | 200 *", post="405 *"),
    Row("rights:ask_copy", get="405 *", post="302 *"),
    Row("rights:take_own_copy pk=rights_copy", get="200 staff | 302 anonymous | 404 *", post="405 *"),
    _read("rights:register"),
    _read("rights:export"),
    _read("rights:request number=rights_request"),
    _step("tra-loi"),
    _step("doi-chieu"),
    _step("hoi-them"),
    _step("gia-han"),
    _step("tu-choi"),
    Row("rights:step number=rights_request step=ban-sao", get=_GONE, post=_GONE),  # nobody is known yet
    Row("rights:step number=rights_request step=xong", get=_GONE, post=_GONE),
    Row("rights:erase number=rights_known", get=_OFFICER, post=_BAD),
    Row("rights:erase number=rights_request", get=_GONE, post=_GONE),
    _read("rights:processing_register"),
    _read("rights:processing_export"),
    _read("rights:retention"),
    _read("rights:breaches"),
    Row("rights:breach_new", get=_OFFICER, post=_BAD),
    _read("rights:breach number=breach"),
    Row("rights:breach_change number=breach", get=_OFFICER, post=_BAD),
    Row("rights:breach_tell number=breach", get=_OFFICER, post=_BAD),
    Row("rights:breach_close number=breach", get=_OFFICER, post=_BAD),
]
