"""Addresses under /dao-tao/, by subject."""

from . import board

app_name = "training"
urlpatterns = [*board.urlpatterns]
