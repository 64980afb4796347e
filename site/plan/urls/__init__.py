"""/ke-hoach/: the plan's public pages, and under /ke-hoach/dieu-hanh/ the work area."""

from . import consolidation, difficulties, reports, survey, targets, tasks, work

app_name = "plan"
urlpatterns = [
    *work.urlpatterns,
    *targets.urlpatterns,
    *tasks.urlpatterns,
    *reports.urlpatterns,
    *consolidation.urlpatterns,
    *difficulties.urlpatterns,
    *survey.urlpatterns,
]
