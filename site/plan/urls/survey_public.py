"""/khao-sat/: where a poster's code and a kiosk lead."""

from django.urls import path

from ..views import survey_public

app_name = "survey"
urlpatterns = [
    path("<str:code>/", survey_public.answer, name="answer"),
    path("<str:code>/cam-on/", survey_public.thanks, name="thanks"),
    path("<str:code>/quay/", survey_public.kiosk, name="kiosk"),
    path("<str:code>/quay/cam-on/", survey_public.kiosk_thanks, name="kiosk_thanks"),
]
