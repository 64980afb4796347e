"""Addresses of the results of a recognised initiative."""

from django.urls import path

from ..views import benefits

_ALL = "ho-so/<str:code>/ket-qua-ap-dung/"

urlpatterns = [
    path(_ALL, benefits.ledger, name="benefits"),
    path(f"{_ALL}chi-so/moi/", benefits.indicator, name="benefit_new"),
    path(f"{_ALL}chi-so/<int:pk>/", benefits.indicator, name="benefit"),
    path(f"{_ALL}chi-so/<int:pk>/do/<int:months>/", benefits.measure, name="benefit_measure"),
    path(f"{_ALL}ap-dung/moi/", benefits.adopt, name="benefit_adopt"),
    path(f"{_ALL}ap-dung/<int:pk>/ket-thuc/", benefits.end, name="benefit_end"),
    path(f"{_ALL}tep/<int:pk>/", benefits.evidence, name="benefit_file"),
    path(f"{_ALL}<slug:kind>/<int:pk>/xac-minh/", benefits.verify, name="benefit_verify"),
    path(f"{_ALL}<slug:kind>/<int:pk>/tra-lai/", benefits.decide, name="benefit_return"),
]
