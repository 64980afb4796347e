"""Addresses of entering."""

urlpatterns = []
