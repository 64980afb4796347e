"""/ke-hoach/: the plan's public pages, and under /ke-hoach/dieu-hanh/ the work area."""

from . import books, showcase, work

app_name = "plan"
urlpatterns = [
    *work.urlpatterns,
    *books.urlpatterns,
    *showcase.urlpatterns,
]
