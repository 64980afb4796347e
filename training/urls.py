"""Addresses under /dao-tao/."""

app_name = "training"
urlpatterns = []
