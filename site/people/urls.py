from django.urls import path

from .views import accounts, again, commendations, roster, staff

app_name = "people"
urlpatterns = [
    path("", staff.staff_list, name="staff_list"),
    path("can-bo/<int:pk>/", staff.staff_detail, name="staff_detail"),
    path("can-bo/<int:pk>/khen-thuong/", commendations.commendation_add, name="commendation_add"),
    path("khen-thuong/<int:pk>/rut/", commendations.commendation_withdraw, name="commendation_withdraw"),
    path("nap/", roster.roster_import, name="roster_import"),
    path("nap/<uuid:pk>/", roster.roster_preview, name="roster_preview"),
    path("nap/<uuid:pk>/ghi/", roster.roster_confirm, name="roster_confirm"),
    path("nap/<uuid:pk>/bo/", roster.roster_drop, name="roster_drop"),
    path("xuat/", roster.roster_export, name="roster_export"),
    path("tai-khoan/", accounts.account_list, name="account_list"),
    path("tai-khoan/moi/", accounts.account_create, name="account_create"),
    path("tai-khoan/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("tai-khoan/<int:pk>/vai-tro/", accounts.account_role, name="account_role"),
    path("tai-khoan/<int:pk>/khoa/", accounts.account_disable, name="account_disable"),
    path("tai-khoan/<int:pk>/mo/", accounts.account_enable, name="account_enable"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.account_new_password, name="account_new_password"),
    path("tai-khoan/<int:pk>/go-hai-buoc/", accounts.account_drop_factor, name="account_drop_factor"),
    path("vai-tro/", accounts.role_changes, name="role_changes"),
    path("cua-toi/", accounts.my_account, name="my_account"),
    path("phien/", again.who, name="who"),
    path("phien/da-vao/", again.signed_in, name="signed_in"),
    path("giu/bo/", accounts.drop_kept, name="drop_kept"),
]
