"""/ke-hoach/: the plan's public pages, and under /ke-hoach/dieu-hanh/ the work area."""

from . import difficulties, survey, work

app_name = "plan"
urlpatterns = [
    *work.urlpatterns,
    *difficulties.urlpatterns,
    *survey.urlpatterns,
]
