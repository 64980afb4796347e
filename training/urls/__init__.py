"""Addresses under /dao-tao/, by subject."""

from . import capture

app_name = "training"
urlpatterns = [*capture.urlpatterns]
