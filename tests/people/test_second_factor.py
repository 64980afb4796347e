"""Whom a second factor is required of, and that nothing else opens before it is set up."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.sending import send_due
from people.models import AccountChange, User
from people.roles import Role, counts_as_officer, set_up_role
from people.sign_in import first_things, second_factor
from people.sign_in.backend import StaffBackend
from tests.ideas import builders as council
from tests.people.test_sign_in import code_of, sign_in, signed_in, with_totp
from trust.models import AuditEvent

from .builders import PASSWORD, account, administrator, officer

pytestmark = pytest.mark.django_db
FACTOR = "/tai-khoan/2fa/"


@pytest.fixture(autouse=True)
def _required(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.cookies["ngon_ngu"] = "en"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_with_a_role_counts_as_an_officer(role):
    assert counts_as_officer(account("an", role))


def test_plain_staff_do_not_and_who_sits_in_the_council_does():
    assert not counts_as_officer(account("an"))
    ward = council.make_ward()
    assert counts_as_officer(User.objects.get(username="hoidong1"))
    assert not counts_as_officer(ward.tacgia)


def test_wagtails_and_djangos_own_rights_count():
    assert counts_as_officer(account("an", is_superuser=True))
    assert counts_as_officer(account("binh", is_staff=True))
    other = account("chi")
    other.groups.add(Group.objects.create(name="không phải vai trò"))
    assert not counts_as_officer(other)


def test_an_officer_without_one_gets_no_further_than_where_it_is_set_up(client):
    officer()
    sign_in(client, "nhansu")
    for path in (
        "/viec-cua-toi/",
        "/",
        "/nhan-su/",
        "/nhan-su/cua-toi/",
        "/tai-khoan/bao-mat/",
        "/quan-tri/",
    ):
        assert client.get(path).url == FACTOR, path
    assert client.post("/nhan-su/giu/bo/", {"page": "/"}).url == FACTOR
    page = client.get(FACTOR).content.decode()
    assert "Your work in the portal needs the second step." in page
    assert client.post("/tai-khoan/logout/").url == "/"
    assert not signed_in(client)


def test_it_is_set_up_straight_after_signing_in_and_then_work_goes_on_where_it_was_wanted(client):
    officer()
    sign_in(client, "nhansu")
    client.get("/nhan-su/?q=an")
    set_up = client.get("/tai-khoan/2fa/totp/activate/")
    assert set_up.status_code == 200  # the password was typed a moment ago
    done = client.post("/tai-khoan/2fa/totp/activate/", {"code": code_of(set_up.context["form"].secret)})
    assert done.url == "/tai-khoan/2fa/recovery-codes/"
    page = client.get(done.url)
    assert page.status_code == 200 and 'href="/nhan-su/?q=an"' in page.content.decode()
    assert client.get("/nhan-su/?q=an").status_code == 200
    assert second_factor.WANTED not in client.session


def test_plain_staff_and_samples_are_offered_it_and_not_held_up(client):
    account("an")
    sign_in(client)
    assert client.get("/nhan-su/cua-toi/").status_code == 200
    client.force_login(account("mau", Role.ADMINISTRATOR, is_sample=True))
    assert client.get("/nhan-su/tai-khoan/").status_code == 200


def test_recovery_codes_alone_are_none():
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    nhansu = officer()
    RecoveryCodes.activate(nhansu)
    assert second_factor.is_missing(nhansu)


def test_a_role_given_in_the_middle_of_the_day_asks_at_the_next_page(client):
    an = account("an")
    client.force_login(an)
    assert client.get("/nhan-su/cua-toi/").status_code == 200
    set_up_role(an, Role.EDITOR, "test")
    assert client.get("/nhan-su/cua-toi/").url == FACTOR


def test_a_new_password_comes_first_then_the_second_step(client):
    account("nhansu", Role.PERSONNEL_OFFICER, must_change_password=True)
    sign_in(client, "nhansu")
    assert client.get("/viec-cua-toi/").url == "/tai-khoan/password/change/"
    assert client.get(FACTOR).url == "/tai-khoan/password/change/"
    new = {
        "oldpassword": PASSWORD,
        "password1": "bay-con-ong-xanh-muot",
        "password2": "bay-con-ong-xanh-muot",
    }
    assert client.post("/tai-khoan/password/change/", new).url == "/viec-cua-toi/"
    assert client.get("/viec-cua-toi/").url == FACTOR


def test_a_socket_opens_no_earlier_than_a_page():
    from notifications.access import doors

    nhansu = StaffBackend().get_user(officer().pk)
    assert any(is_closed(nhansu) for is_closed in doors)
    with_totp(nhansu)
    assert not any(is_closed(StaffBackend().get_user(nhansu.pk)) for is_closed in doors)


def test_an_officer_keeps_the_last_one(client):
    nhansu = officer()
    secret = with_totp(nhansu)
    sign_in(client, "nhansu")
    client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    page = client.post("/tai-khoan/2fa/totp/deactivate/").content.decode()
    assert "You cannot deactivate two-factor authentication." in page
    assert Authenticator.objects.filter(user=nhansu, type="totp").exists()


def test_who_takes_off_the_last_one_chooses_a_password_that_holds_alone(client):
    an = account("an")
    secret = with_totp(an)
    sign_in(client)
    client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    client.post("/tai-khoan/2fa/totp/deactivate/")
    assert client.get("/viec-cua-toi/").url == "/tai-khoan/password/change/"
    assert set(an.notifications.values_list("event", flat=True)) == {"people.factor_removed"}


def test_the_key_of_an_app_is_sealed_in_the_database(client):
    an = account("an")
    secret = with_totp(an)
    stored = Authenticator.objects.get(type="totp")
    assert secret not in str(stored.data) and stored.data["secret"].startswith("sealed:")
    stored.data["secret"] = secret  # as stored before keys were sealed
    stored.save()
    sign_in(client)
    client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(client)


def test_the_administrator_takes_it_off_for_somebody_who_lost_phone_and_codes(client):
    quantri, nhansu = administrator(), officer()
    for each in (quantri, nhansu):
        with_totp(each)
    client.force_login(quantri)
    assert "Take off the second step" in client.get(f"/nhan-su/tai-khoan/{nhansu.pk}/").content.decode()
    client.post(f"/nhan-su/tai-khoan/{nhansu.pk}/go-hai-buoc/")
    assert not Authenticator.objects.filter(user=nhansu).exists()
    assert AccountChange.objects.get().change == "factor_gone"
    assert client.post(f"/nhan-su/tai-khoan/{quantri.pk}/go-hai-buoc/").status_code == 403
    send_due()
    told = [letter.to for letter in mail.outbox if "bước xác nhận thứ hai" in letter.subject]
    assert told == [["nhansu@hungdao.example"]]
    assert AuditEvent.objects.filter(action="mfa.removed", actor_key=quantri.pk).count() == 1


def test_a_command_takes_it_off_for_the_only_administrator():
    quantri = administrator()
    with_totp(quantri)
    out = io.StringIO()
    call_command("drop_second_factor", "quantri", stdout=out)
    assert out.getvalue() == "quantri\n"
    assert not Authenticator.objects.exists()
    assert AccountChange.objects.get().actor_name == "drop_second_factor"
    for name, code in (("quantri", 1), ("khongai", 2)):
        with pytest.raises(CommandError) as refused:
            call_command("drop_second_factor", name)
        assert refused.value.returncode == code


# ---- an administrator's password of long ago


def test_an_administrator_chooses_a_new_password_every_two_months(client):
    quantri = administrator()
    with_totp(quantri)
    client.force_login(quantri)
    assert client.get("/nhan-su/tai-khoan/").status_code == 200
    long_ago = timezone.now() - timezone.timedelta(days=63)
    User.objects.filter(pk=quantri.pk).update(password_changed_at=long_ago)
    assert client.get("/nhan-su/tai-khoan/").url == "/tai-khoan/password/change/"
    page = client.get("/tai-khoan/password/change/").content.decode()
    assert "The password of an administrator is changed every two months." in page
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert (
        "This is the password you have now."
        in client.post("/tai-khoan/password/change/", same).content.decode()
    )
    new = same | {"password1": "bay-con-ong-xanh-muot", "password2": "bay-con-ong-xanh-muot"}
    assert client.post("/tai-khoan/password/change/", new).url == "/nhan-su/tai-khoan/"
    assert client.get("/nhan-su/tai-khoan/").status_code == 200


def test_other_passwords_do_not_grow_old():
    nhansu = officer()
    nhansu.password_changed_at = timezone.now() - timezone.timedelta(days=900)
    assert not first_things.password_is_too_old(nhansu)


def test_an_account_from_before_counts_from_its_making():
    quantri = administrator()
    quantri.password_changed_at = None
    assert not first_things.password_is_too_old(quantri)
    quantri.date_joined = timezone.now() - timezone.timedelta(days=63)
    assert first_things.password_is_too_old(quantri)


def test_what_stands_first_costs_no_query(client):
    nhansu = officer()
    with_totp(nhansu)
    with CaptureQueriesContext(connection) as asked:
        user = StaffBackend().get_user(nhansu.pk)
        assert first_things.first_thing(user) is None
        assert user.staff is None if hasattr(user, "staff") else True
    assert len(asked) == 1
