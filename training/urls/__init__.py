"""Addresses under /dao-tao/, one module for each subject."""

from . import capture, figures, freezes, imports, records

app_name = "training"
urlpatterns = [
    *capture.urlpatterns,
    *records.urlpatterns,
    *imports.urlpatterns,
    *freezes.urlpatterns,
    *figures.urlpatterns,
]
