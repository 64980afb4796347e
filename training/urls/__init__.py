"""Addresses under /dao-tao/, one module for each subject."""

from . import capture, figures, freezes, records

app_name = "training"
urlpatterns = [
    *capture.urlpatterns,
    *records.urlpatterns,
    *freezes.urlpatterns,
    *figures.urlpatterns,
]
