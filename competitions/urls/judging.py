"""Addresses of judging."""

urlpatterns = []
