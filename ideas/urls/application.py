"""The application's faces: Word, PDF, the blank print. Every address gets its row in tests/role_table.py."""

from django.urls import path

from ideas.views.application import blank_forms, faces

_BLANK = "ho-so/don-trang"  # before the addresses of one dossier, which take any word as its code
urlpatterns = [
    path(f"{_BLANK}/", blank_forms.mine, name="blank_forms"),
    path(f"{_BLANK}/<str:code>.pdf", blank_forms.paper, name="blank_form"),
    path("ho-so/tu-don-giay/", blank_forms.look_up, name="key_form"),
    path("ho-so/tu-don-giay/<str:code>/", blank_forms.key, name="key_this_form"),
    path("ho-so/<str:code>/don.<slug:face>", faces.submitted, name="application"),
    path("ho-so/<str:code>/don-nhap.<slug:face>", faces.draft, name="application_draft"),
]
