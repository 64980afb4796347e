"""Who gets what of the targets.

`reporter` and `unit_head` report for VHXH, which leads E5; B1 is led by
`other_reporter`'s unit.
"""

from tests.house.table import Row

_READS_ALL = "coordinator head deputy delegated"
_VHXH = "reporter unit_head"
_BOARD = f"200 {_READS_ALL} {_VHXH} other_reporter | 302 anonymous | 403 *"
_E5 = f"200 {_READS_ALL} {_VHXH} | 302 anonymous | 404 *"
_DECIDES = "200 coordinator | 302 anonymous | 403 head deputy delegated reporter unit_head | 404 *"
_DECIDES_POST = "422 coordinator | 302 anonymous | 403 head deputy delegated reporter unit_head | 404 *"
_CLICK = "302 anonymous coordinator | 403 head deputy delegated reporter unit_head | 404 *"

ROWS = [
    Row("plan:targets", get=_BOARD, post="405 *"),
    Row("plan:targets_workbook", get=_BOARD, post="405 *"),
    Row(
        "plan:targets_confirm",
        get="200 coordinator | 302 anonymous | 403 *",
        post="422 coordinator | 302 anonymous | 403 *",
    ),
    Row("plan:target code=E5", get=_E5, post="405 *"),
    Row(
        "plan:target code=B1",
        get=f"200 {_READS_ALL} other_reporter | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("plan:target code=Z9", get="302 anonymous | 404 *", post="405 *"),
    Row("plan:target_figures code=E5", get=_E5, post="405 *"),
    Row(
        "plan:target_figure code=E5 year=this_year unit=VHXH",
        get=f"200 coordinator {_VHXH} | 302 anonymous | 403 head deputy delegated | 404 *",
        post=f"422 coordinator {_VHXH} | 302 anonymous | 403 head deputy delegated | 404 *",
    ),
    Row(
        "plan:target_figure code=E5 year=next_year unit=VHXH",
        get=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
        post=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
    ),
    Row(
        "plan:target_figure code=E5 year=this_year unit=KTHTDT",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(  # counted by the portal: nobody types it
        "plan:target_figure code=A9 year=this_year unit=VHXH",
        get=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
        post=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
    ),
    Row(
        "plan:target_add_evidence code=E5 pk=figure",
        get=f"200 coordinator {_VHXH} | 302 anonymous | 403 head deputy delegated | 404 *",
        post=f"422 coordinator {_VHXH} | 302 anonymous | 403 head deputy delegated | 404 *",
    ),
    Row("plan:target_evidence pk=figure_evidence", get=_E5, post="405 *"),
    Row("plan:target_owners code=E5", get=_DECIDES, post=_DECIDES_POST),
    Row("plan:target_confirm_owners code=E5", get="405 *", post=_CLICK),
    Row(  # no number, so nothing to expect
        "plan:target_expected code=E5",
        get=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
        post=f"302 anonymous | 403 {_READS_ALL} {_VHXH} | 404 *",
    ),
    Row(
        "plan:target_expected code=E3",
        get=_DECIDES,
        post="302 anonymous coordinator | 403 head deputy delegated reporter unit_head | 404 *",
    ),
    Row("plan:target_define code=E5", get=_DECIDES, post=_DECIDES_POST),
    Row("plan:target_confirm_definition code=E5", get="405 *", post=_CLICK),
]
