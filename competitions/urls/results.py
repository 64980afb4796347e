"""Addresses of results."""

from django.urls import path

from competitions.views import awards, results

_RESULTS = "to-chuc/<str:code>/ket-qua/"

urlpatterns = [
    path(_RESULTS, results.results, name="results"),
    path(f"{_RESULTS}du-thao/", results.draft, name="results_draft"),
    path(f"{_RESULTS}kiem-tra/", results.check, name="results_check"),
    path(f"{_RESULTS}tra-lai/", results.send_back, name="results_send_back"),
    path(f"{_RESULTS}cong-bo/", results.publish, name="results_publish"),
    path(f"{_RESULTS}bang.xlsx", results.results_workbook, name="results_workbook"),
    path(f"{_RESULTS}giai/<int:pk>/thu-hoi/", results.withdraw_award, name="award_withdraw"),
    # a winner's own
    path(
        "bai-cua-toi/<int:pk>/giay-chung-nhan/<str:code>/", awards.entry_certificate, name="entry_certificate"
    ),
    path("bai-cua-toi/<int:pk>/thanh-sang-kien/", awards.entry_to_initiative, name="entry_to_initiative"),
    # the public's
    path("<slug:slug>/giai/<int:pk>/<int:number>/", awards.winner_picture, name="winner_picture"),
]
