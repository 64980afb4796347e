from django.urls import path

from .views import books, breaches, consents, officer, own, public

app_name = "rights"
urlpatterns = [
    path("", public.index, name="index"),
    path("hoat-dong/", public.processing, name="processing"),
    path("gui/", public.send, name="send"),
    path("theo-doi/", public.look_up, name="look_up"),
    path("theo-doi/<str:code>/", public.track, name="track"),
    path("theo-doi/<str:code>/ma/", public.receipt, name="receipt"),
    path("theo-doi/<str:code>/them/", public.add, name="add"),
    path("theo-doi/<str:code>/rut/", public.drop, name="drop"),
    path("theo-doi/<str:code>/ban-sao/", public.take_copy, name="take_copy"),
    path("xac-nhan/<str:key>/", public.confirm, name="confirm"),
    path("dong-y/", consents.mine, name="consents"),
    path("dong-y/ma/", consents.by_typed_code, name="consents_code"),
    path("dong-y/ma/<str:code>/", consents.by_code, name="consents_by_code"),
    path("cua-toi/", own.mine, name="mine"),
    path("cua-toi/ban-sao/", own.ask_copy, name="ask_copy"),
    path("cua-toi/ban-sao/<int:pk>/", own.take_copy, name="take_own_copy"),
    path("so/", officer.register, name="register"),
    path("so/excel/", officer.export, name="export"),
    path("so/<str:number>/", officer.one, name="request"),
    path("so/<str:number>/xoa/", officer.erase, name="erase"),
    path("so/<str:number>/<slug:step>/", officer.step, name="step"),
    path("hoat-dong/so/", books.processing, name="processing_register"),
    path("hoat-dong/so/excel/", books.processing_export, name="processing_export"),
    path("luu-giu/", books.retention, name="retention"),
    path("su-co/", breaches.register, name="breaches"),
    path("su-co/moi/", breaches.new, name="breach_new"),
    path("su-co/<str:number>/", breaches.one, name="breach"),
    path("su-co/<str:number>/sua/", breaches.change, name="breach_change"),
    path("su-co/<str:number>/bao/", breaches.tell, name="breach_tell"),
    path("su-co/<str:number>/dong/", breaches.close, name="breach_close"),
]
