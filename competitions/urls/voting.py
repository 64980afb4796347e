"""Addresses of voting."""

urlpatterns = []
