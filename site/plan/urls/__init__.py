"""/ke-hoach/: the plan's public pages, and under /ke-hoach/dieu-hanh/ the work area."""

from . import public, work

app_name = "plan"
urlpatterns = [
    *work.urlpatterns,
    *public.urlpatterns,
]
