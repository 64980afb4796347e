"""Who takes whose yearly extract, and who enters commendations."""

from tests.house.table import Row

_EXTRACT = "200 staff unit_head training personnel | 302 anonymous | 404 *"
_UNITS = "200 unit_head personnel | 302 anonymous | 403 *"
_PERSONNEL = "200 personnel | 302 anonymous | 403 *"
_POSTED = "422 personnel | 302 anonymous | 403 *"

ROWS = [
    Row("training:extract_file staff_code=trainee face=pdf", get=_EXTRACT, post="405 *"),
    Row("training:extract_file staff_code=trainee face=xlsx", get=_EXTRACT, post="405 *"),
    Row("training:extract_file staff_code=trainee face=docx", get="302 anonymous | 404 *", post="405 *"),
    Row("training:my_extract", get="302 anonymous | 403 superuser | 200 *", post="405 *"),
    Row("training:unit_extracts", get=_UNITS, post="405 *"),
    Row("training:unit_extracts_file", get=_UNITS, post="405 *"),
    Row("people:commendation_add pk=person", get=_PERSONNEL, post=_POSTED),
    Row("people:commendation_withdraw pk=commendation", get=_PERSONNEL, post=_POSTED),
]
