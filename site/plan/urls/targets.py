"""Addresses of the targets in the work area."""

from django.urls import path

from ..views import targets

_ALL = "dieu-hanh/chi-tieu/"
_ONE = f"{_ALL}<str:code>/"

urlpatterns = [
    path(_ALL, targets.board, name="targets"),
    path(f"{_ALL}tai-ve.xlsx", targets.workbook, name="targets_workbook"),
    path(f"{_ALL}minh-chung/<int:pk>/", targets.evidence, name="target_evidence"),
    path(f"{_ALL}xac-nhan/", targets.confirm_shown, name="targets_confirm"),
    path(_ONE, targets.target, name="target"),
    path(f"{_ONE}so-lieu/", targets.figures, name="target_figures"),
    path(f"{_ONE}so-lieu/<int:year>/<str:unit>/", targets.figure, name="target_figure"),
    path(f"{_ONE}minh-chung/<int:pk>/", targets.add_evidence, name="target_add_evidence"),
    path(f"{_ONE}don-vi/", targets.owners, name="target_owners"),
    path(f"{_ONE}don-vi/xac-nhan/", targets.confirm_owners, name="target_confirm_owners"),
    path(f"{_ONE}ky-vong/", targets.expected, name="target_expected"),
    path(f"{_ONE}cach-tinh/", targets.define, name="target_define"),
    path(f"{_ONE}cach-tinh/xac-nhan/", targets.confirm_definition, name="target_confirm_definition"),
]
