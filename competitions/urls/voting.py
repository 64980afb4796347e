"""Addresses of the public vote."""

from django.urls import path

from ..views import vote, vote_desk

_DESK, _VOTE = "to-chuc/<str:code>/binh-chon/", "<slug:slug>/binh-chon/"

urlpatterns = [
    path(_DESK, vote_desk.desk, name="vote_desk"),
    path(f"{_DESK}dem-lai/", vote_desk.recount, name="vote_recount"),
    path(f"{_DESK}phieu/", vote_desk.votes, name="votes"),
    path(f"{_DESK}huy/", vote_desk.void, name="vote_void"),
    path(_VOTE, vote.ballot, name="vote"),
    path(f"{_VOTE}<str:code>/", vote.entry, name="vote_entry"),
    path(f"{_VOTE}<str:code>/xac-nhan/", vote.confirm, name="vote_confirm"),
    path(f"{_VOTE}<str:code>/anh/<int:pk>/<slug:size>/", vote.picture, name="vote_picture"),
]
