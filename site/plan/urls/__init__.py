"""/ke-hoach/: the plan's public pages, and under /ke-hoach/dieu-hanh/ the work area."""

from . import books, consolidation, difficulties, public, reports, showcase, survey, targets, tasks, work

app_name = "plan"
urlpatterns = [
    *work.urlpatterns,
    *targets.urlpatterns,
    *tasks.urlpatterns,
    *reports.urlpatterns,
    *consolidation.urlpatterns,
    *difficulties.urlpatterns,
    *survey.urlpatterns,
    *books.urlpatterns,
    *showcase.urlpatterns,
    *public.urlpatterns,
]
