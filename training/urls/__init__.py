"""Addresses under /dao-tao/, one module for each subject."""

from . import capture, records

app_name = "training"
urlpatterns = [*capture.urlpatterns, *records.urlpatterns]
