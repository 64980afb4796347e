"""Addresses under /cuoc-thi/, by subject. What none of these is goes on to Wagtail: the pages themselves."""

from . import entering, judging, organising, public, quiz, results, voting

app_name = "competitions"
urlpatterns = [
    *organising.urlpatterns,
    *judging.urlpatterns,
    *results.urlpatterns,
    *entering.urlpatterns,
    *quiz.urlpatterns,
    *voting.urlpatterns,
    *public.urlpatterns,
]
