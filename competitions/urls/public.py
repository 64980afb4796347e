"""Addresses of public."""

urlpatterns = []
