from django.urls import path

from ..views import survey

_INSIDE = "dieu-hanh/khao-sat/"

urlpatterns = [
    path(_INSIDE, survey.points, name="survey"),
    path(f"{_INSIDE}diem-moi/", survey.new_point, name="survey_new"),
    path(f"{_INSIDE}diem/<int:pk>/", survey.point, name="survey_point"),
    path(f"{_INSIDE}diem/<int:pk>/ap-phich/<str:paper>/", survey.poster, name="survey_poster"),
    path(f"{_INSIDE}ket-qua/", survey.results, name="survey_results"),
    path(f"{_INSIDE}ket-qua/excel/", survey.export, name="survey_export"),
    path(f"{_INSIDE}nhan-xet/", survey.comments, name="survey_comments"),
    path(f"{_INSIDE}nhan-xet/<int:pk>/an/", survey.hide, name="survey_hide"),
]
