"""Addresses of quiz."""

urlpatterns = []
