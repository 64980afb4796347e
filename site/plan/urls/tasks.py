from django.urls import path

from ..views.tasks import board, money, page, planning, urging, working

_LIST = "dieu-hanh/nhiem-vu/"
_TASK = f"{_LIST}<str:code>/"

urlpatterns = [
    path(_LIST, board.tasks, name="tasks"),
    path(f"{_LIST}them/", planning.add, name="task_add"),
    path(f"{_LIST}don-doc/", urging.urge, name="task_urge"),
    path(_TASK, page.task, name="task"),
    path(f"{_TASK}thoi-han/", planning.edit, name="task_edit"),
    path(f"{_TASK}phan-cong/", planning.assign, name="task_assign"),
    path(f"{_TASK}khong-con/", planning.drop, name="task_drop"),
    path(f"{_TASK}mo-lai/", planning.reopen, name="task_reopen"),
    path(f"{_TASK}phu-trach/", planning.officer, name="task_officer"),
    path(f"{_TASK}phu-trach/<int:pk>/", planning.end_officer, name="task_officer_end"),
    path(f"{_TASK}tien-do/", working.report, name="task_progress"),
    path(f"{_TASK}buoc/", working.step_add, name="task_step_add"),
    path(f"{_TASK}buoc/<int:pk>/", working.step_edit, name="task_step"),
    path(f"{_TASK}buoc/<int:pk>/xong/", working.step_done, name="task_step_done"),
    path(f"{_TASK}buoc/<int:pk>/chua-xong/", working.step_open, name="task_step_open"),
    path(f"{_TASK}buoc/<int:pk>/bo/", working.step_remove, name="task_step_remove"),
    path(f"{_TASK}tep/", working.file_add, name="task_file_add"),
    path(f"{_TASK}tep/<int:pk>/", page.file, name="task_file"),
    path(f"{_TASK}tep/<int:pk>/bo/", working.file_remove, name="task_file_remove"),
    path(f"{_TASK}y-kien/", working.comment, name="task_comment"),
    path(f"{_TASK}y-kien/<int:pk>/rut/", working.withdraw, name="task_comment_withdraw"),
    path(f"{_TASK}kinh-phi/", money.add, name="task_money_add"),
    path(f"{_TASK}kinh-phi/<int:pk>/", money.edit, name="task_money"),
    path(f"{_TASK}kinh-phi/<int:pk>/bo/", money.remove, name="task_money_remove"),
    path(f"{_TASK}kinh-phi/<int:pk>/cong-khai/", money.publish, name="task_money_publish"),
    path("dieu-hanh/kinh-phi/", money.totals, name="money"),
    path("dieu-hanh/kinh-phi/excel/", money.workbook, name="money_excel"),
]
