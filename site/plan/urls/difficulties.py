from django.urls import path

from ..views import difficulties, difficulties_public, difficulty_steps

_INSIDE = "dieu-hanh/vuong-mac/"
_ONE = f"{_INSIDE}<str:number>/"
_PUBLIC = "vuong-mac/"
_FOLLOWED = f"{_PUBLIC}theo-doi/<str:code>/"

urlpatterns = [
    path(_INSIDE, difficulties.register, name="difficulties"),
    path(f"{_INSIDE}neu/", difficulties.raise_one, name="difficulty_raise"),
    path(f"{_INSIDE}excel/", difficulties.export, name="difficulty_export"),
    path(f"{_INSIDE}tu-bao-cao/", difficulties.in_reports, name="difficulty_reports"),
    path(f"{_INSIDE}tu-bao-cao/dua-vao-so/", difficulties.take, name="difficulty_take"),
    path(_ONE, difficulties.difficulty, name="difficulty"),
    path(f"{_ONE}chuyen/", difficulty_steps.assign, name="difficulty_assign"),
    path(f"{_ONE}tra-loi/", difficulty_steps.answer, name="difficulty_answer"),
    path(f"{_ONE}tra-lai/", difficulty_steps.send_back, name="difficulty_send_back"),
    path(f"{_ONE}cong-khai/", difficulty_steps.publish, name="difficulty_publish"),
    path(f"{_ONE}dong/", difficulty_steps.close, name="difficulty_close"),
    path(f"{_ONE}mo-lai/", difficulty_steps.reopen, name="difficulty_reopen"),
    path(f"{_ONE}ma-moi/", difficulty_steps.renew, name="difficulty_renew"),
    path(_PUBLIC, difficulties_public.answered, name="difficulties_answered"),
    path(f"{_PUBLIC}gui/", difficulties_public.send, name="difficulty_send"),
    path(f"{_PUBLIC}theo-doi/", difficulties_public.look_up, name="difficulty_look_up"),
    path(_FOLLOWED, difficulties_public.track, name="difficulty_track"),
    path(f"{_FOLLOWED}phieu/", difficulties_public.receipt, name="difficulty_receipt"),
    path(f"{_FOLLOWED}dong-y/", difficulties_public.change_consents, name="difficulty_consents"),
    path(f"{_PUBLIC}<str:number>/", difficulties_public.answered_one, name="difficulty_public"),
]
