"""Addresses under /dao-tao/, by subject."""

from . import imports

app_name = "training"
urlpatterns = [*imports.urlpatterns]
