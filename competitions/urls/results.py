"""Addresses of results."""

urlpatterns = []
