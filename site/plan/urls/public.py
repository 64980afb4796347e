from django.urls import path

from ..views import public, publishing

urlpatterns = [
    path("tien-do/", public.progress, name="progress"),
    path("tien-do/chi-tieu.xlsx", public.excel, name="progress_excel"),
    path("tien-do/chi-tieu.csv", public.csv, name="progress_csv"),
    path("tien-do/nhiem-vu/", public.tasks, name="progress_tasks"),
    path("tien-do/<slug:code>/", public.target, name="progress_target"),
    path("dieu-hanh/cong-bo/", publishing.publish, name="publish"),
]
