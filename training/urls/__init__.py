"""Addresses under /dao-tao/, one module for each subject."""

from . import figures, freezes

app_name = "training"
urlpatterns = [*freezes.urlpatterns, *figures.urlpatterns]
