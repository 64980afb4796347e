"""Who gets what of the tasks: units work, the coordinator plans, leaders read, others see nothing."""

from tests.house.table import Row

_INSIDE = "coordinator reporter other_reporter unit_head head deputy delegated"
_WORKS = "coordinator reporter unit_head"  # of the task in VHXH
_READS = "head deputy delegated"
_UNIT = "reporter unit_head"

_LIST = f"200 {_INSIDE} | 302 anonymous | 403 *"
_READ = f"200 {_WORKS} {_READS} | 302 anonymous | 404 *"
_WORK = f"200 {_WORKS} | 302 anonymous | 403 {_READS} | 404 *"
_WORK_SENT = f"422 {_WORKS} | 302 anonymous | 403 {_READS} | 404 *"
_STALE = f"409 {_WORKS} | 302 anonymous | 403 {_READS} | 404 *"  # an empty form knows no version
_ACTS = f"302 anonymous {_WORKS} | 403 {_READS} | 404 *"
_PLAN = f"200 coordinator | 302 anonymous | 403 {_UNIT} {_READS} | 404 *"
_PLAN_SENT = f"422 coordinator | 302 anonymous | 403 {_UNIT} {_READS} | 404 *"
_CLOSED = f"302 anonymous | 403 {_WORKS} {_READS} | 404 *"

ROWS = [
    Row("plan:tasks", get=_LIST, post="405 *"),
    Row("/ke-hoach/dieu-hanh/nhiem-vu/?xem=bang&q=van", get=_LIST, post="405 *"),
    Row("/ke-hoach/dieu-hanh/nhiem-vu/?xem=don-vi", get=_LIST, post="405 *"),
    Row(
        "plan:task_add",
        get="200 coordinator | 302 anonymous | 403 *",
        post="422 coordinator | 302 anonymous | 403 *",
    ),
    Row(
        "plan:task_urge",
        get="200 coordinator head | 302 anonymous | 403 *",
        post="422 coordinator head | 302 anonymous | 403 *",
    ),
    Row("plan:task code=task", get=_READ, post="405 *"),
    Row("plan:task code=closed_task", get=_READ, post="405 *"),
    Row(
        "plan:task code=foreign_task",
        get=f"200 coordinator other_reporter {_READS} | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("plan:task code=khong-co", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "plan:task_edit code=task",
        get=_PLAN,
        post=f"409 coordinator | 302 anonymous | 403 {_UNIT} {_READS} | 404 *",
    ),
    Row("plan:task_edit code=closed_task", get=_CLOSED, post=_CLOSED),
    Row("plan:task_assign code=task", get=_PLAN, post=_PLAN_SENT),
    Row("plan:task_drop code=task", get=_PLAN, post=_PLAN_SENT),
    Row("plan:task_reopen code=task", get=_CLOSED, post=_CLOSED),
    Row("plan:task_reopen code=closed_task", get=_PLAN, post=_PLAN_SENT),
    Row("plan:task_officer code=task", get=_WORK, post=_WORK_SENT),
    Row("plan:task_officer_end code=task pk=task_officer", get=_WORK, post=_WORK_SENT),
    Row("plan:task_progress code=task", get=_WORK, post=_WORK_SENT),
    Row("plan:task_progress code=closed_task", get=_CLOSED, post=_CLOSED),
    Row("plan:task_step_add code=task", get=_WORK, post=_WORK_SENT),
    Row("plan:task_step code=task pk=task_step", get=_WORK, post=_WORK_SENT),
    Row("plan:task_step_done code=task pk=task_step", get=_WORK, post=_WORK_SENT),
    Row("plan:task_step_open code=task pk=task_step_finished", get=_WORK, post=_WORK_SENT),
    Row("plan:task_step_remove code=task pk=task_step", get=_WORK, post=_ACTS),
    Row("plan:task_file_add code=task", get=_WORK, post=_WORK_SENT),
    Row("plan:task_file code=task pk=task_file", get=_READ, post="405 *"),
    Row("plan:task_file_remove code=task pk=task_file", get=_WORK, post=_ACTS),
    Row(
        "plan:task_comment code=task",
        get=_READ,
        post=f"422 {_WORKS} {_READS} | 302 anonymous | 404 *",
    ),
    Row(
        "plan:task_comment_withdraw code=task pk=task_comment",
        get=f"200 reporter | 302 anonymous | 403 coordinator unit_head {_READS} | 404 *",
        post=f"302 anonymous reporter | 403 coordinator unit_head {_READS} | 404 *",
    ),
    Row("plan:task_money_add code=task", get=_WORK, post=_WORK_SENT),
    Row("plan:task_money code=task pk=task_line", get=_WORK, post=_WORK_SENT),
    Row("plan:task_money_remove code=task pk=task_line", get=_WORK, post=_ACTS),
    Row(
        "plan:task_money_publish code=task pk=task_line",
        get=_PLAN,
        post=f"302 anonymous coordinator | 403 {_UNIT} {_READS} | 404 *",
    ),
    Row("plan:money", get=_LIST, post="405 *"),
    Row("plan:money_excel", get=_LIST, post="405 *"),
]
