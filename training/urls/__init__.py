"""Addresses under /dao-tao/, one module for each subject."""

from . import capture, imports, records

app_name = "training"
urlpatterns = [*capture.urlpatterns, *imports.urlpatterns, *records.urlpatterns]
