"""Addresses of the quiz: the bank of the organiser, a sitting of an entrant."""

from django.urls import path

from ..views import questions, quiz

_BANK, _QUIZ = "to-chuc/<str:code>/cau-hoi/", "<slug:slug>/thi/"

urlpatterns = [
    path(_BANK, questions.bank_page, name="questions"),
    path(f"{_BANK}moi/", questions.edit, name="question_new"),
    path(f"{_BANK}nhap/", questions.bring_in, name="question_import"),
    path(f"{_BANK}tep/", questions.download, name="question_file"),
    path(f"{_BANK}<int:pk>/", questions.edit, name="question"),
    path(f"{_BANK}<int:pk>/xoa/", questions.remove, name="question_remove"),
    path(_QUIZ, quiz.quiz, name="quiz"),
    path(f"{_QUIZ}bat-dau/", quiz.start, name="quiz_start"),
    path(f"{_QUIZ}nop/", quiz.hand_in, name="quiz_hand_in"),
    path(f"{_QUIZ}<int:number>/", quiz.question, name="quiz_question"),
]
