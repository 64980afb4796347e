"""Addresses under /dao-tao/, one module for each subject."""

from . import records

app_name = "training"
urlpatterns = [*records.urlpatterns]
