"""Addresses of organising."""

urlpatterns = []
