"""Coverage: the board, what is behind its numbers, who is missing, the policy."""

from django.urls import path

from ..views.board import board, missing, people, policy, trend

urlpatterns = [
    path("ty-le/", board.board, name="coverage"),
    path("ty-le/dien-bien/", trend.trend, name="coverage_trend"),
    path("ty-le/nguoi/", people.behind, name="coverage_people"),
    path("ty-le/nguoi/<str:staff_code>/", people.why, name="coverage_person"),
    path("ty-le/con-thieu/", missing.missing, name="coverage_missing"),
    path("ty-le/con-thieu/trieu-tap/", missing.call_up, name="coverage_call_up"),
    path("ty-le/con-thieu/tai-ve/", missing.export, name="coverage_missing_export"),
    path("ty-le/quy-dinh/", policy.policy, name="coverage_policy"),
]
