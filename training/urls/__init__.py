"""Addresses under /dao-tao/, one module for each subject."""

from . import board, capture, figures, freezes, imports, records

app_name = "training"
urlpatterns = [
    *board.urlpatterns,
    *capture.urlpatterns,
    *records.urlpatterns,
    *imports.urlpatterns,
    *freezes.urlpatterns,
    *figures.urlpatterns,
]
