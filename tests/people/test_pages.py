"""The pages under /nhan-su/: who sees what, and what they do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from people import roles
from people.models import AccountChange, Leave, RosterUpload, Staff, User
from people.roster import stored_roster

from .builders import D, account, administrator, officer, small_roster, staff, unit, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["ngon_ngu"] = "en"
    with translation.override("en"):
        yield


def html(answer):
    return answer.content.decode()


# ---- doors: (name, args, methods, who may)

OFFICER, ADMIN, ANYBODY = "personnel_officer", "administrator", ""


def doors():
    person = staff("HD-9", "Lê Ba")
    other = account("khac")
    upload = RosterUpload.objects.create(by=other, file_name="x.xlsx", sha256="0" * 64)
    p, u, f = [person.pk], [other.pk], [upload.pk]
    return [
        ("staff_list", [], "GET", OFFICER, 200),
        ("staff_detail", p, "GET", OFFICER, 200),
        ("roster_import", [], "GET", OFFICER, 200),
        ("roster_import", [], "POST", OFFICER, 200),
        ("roster_preview", f, "GET", OFFICER, 404),
        ("roster_confirm", f, "POST", OFFICER, 404),
        ("roster_drop", f, "POST", OFFICER, 404),
        ("roster_export", [], "GET", OFFICER, 200),
        ("account_list", [], "GET", ADMIN, 200),
        ("account_create", [], "GET", ADMIN, 200),
        ("account_create", [], "POST", ADMIN, 200),
        ("account_detail", u, "GET", ADMIN, 200),
        ("account_role", u, "POST", ADMIN, 302),
        ("account_disable", u, "POST", ADMIN, 302),
        ("account_enable", u, "POST", ADMIN, 302),
        ("account_new_password", u, "POST", ADMIN, 200),
        ("role_changes", [], "GET", ADMIN, 200),
        ("my_account", [], "GET", ANYBODY, 200),
    ]


def test_every_door_opens_to_its_role_alone(client):
    users = {code: account(code, code) for code in roles.Role.values} | {"": account("khong-vai-tro")}
    for name, args, method, role, expected in doors():
        url = reverse(f"people:{name}", args=args)
        ask = getattr(client, method.lower())
        client.logout()
        assert ask(url).url.startswith("/tai-khoan/login/?next="), (name, method)
        for code, user in users.items():
            client.force_login(user)
            want = expected if role in ("", code) else 403
            assert ask(url).status_code == want, (name, method, code)


def test_posts_alone_and_reads_alone(client):
    client.force_login(account("hai-vai", "administrator", "personnel_officer"))
    for name, args, method, _role, _status in doors():
        url = reverse(f"people:{name}", args=args)
        if method == "POST" and name not in ("roster_import", "account_create"):
            assert client.get(url).status_code == 405, name
        elif method == "GET" and name not in ("roster_import", "account_create"):
            assert client.post(url).status_code == 405, name


def test_a_refusal_names_who_may(client):
    client.force_login(account("an"))
    assert "This page is for: personnel officer." in html(client.get("/nhan-su/"))


# ---- staff


def names(answer):
    return [person.full_name for person, _unit, _position in answer.context["rows"]]


def some_people():
    vp, vhxh = unit("VP", "Văn phòng"), unit()
    staff("HD-0001", "Trần Thị Hòa", in_unit=vp)
    staff("HD-0002", "Nguyễn Văn Hoá", in_unit=vhxh)
    staff("HD-0003", "Lê Thị Đào", in_unit=vhxh)
    return vp


def test_staff_are_found_with_or_without_marks_by_code_and_by_unit(client):
    vp = some_people()
    client.force_login(officer())

    def found(**query):
        return names(client.get("/nhan-su/", query))

    assert found() == ["Lê Thị Đào", "Trần Thị Hòa", "Nguyễn Văn Hoá"]
    assert found(q="hoa") == ["Trần Thị Hòa", "Nguyễn Văn Hoá"]
    assert found(q="HOÁ") == ["Nguyễn Văn Hoá", "Trần Thị Hòa"]  # exact marks first
    assert found(q="Hoà") == ["Trần Thị Hòa", "Nguyễn Văn Hoá"]
    assert found(q="dao le") == ["Lê Thị Đào"]
    assert found(q="hd-0003") == ["Lê Thị Đào"]
    assert found(unit=vp.pk) == ["Trần Thị Hòa"]
    assert found(q="không ai") == []
    assert found(unit="999") == ["Lê Thị Đào", "Trần Thị Hòa", "Nguyễn Văn Hoá"]


def test_the_list_takes_the_same_queries_with_1_and_30_people(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    vp = unit("VP", "Văn phòng")
    staff("HD-0000", "Lê Ba", in_unit=vp)
    for url, role in (("/nhan-su/", officer()), ("/nhan-su/tai-khoan/", administrator())):
        client.force_login(role)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(url)
        for n in range(30):
            code = f"{role.username}-{n}"
            staff(code, f"Lê Ba {n}", in_unit=vp, user=account(code, "judge", "editor"))
        with django_assert_num_queries(len(one)):
            client.get(url)


def test_fifty_people_a_page(client):
    for n in range(51):
        staff(f"HD-{n:04}", "Lê Ba")
    client.force_login(officer())
    assert len(names(client.get("/nhan-su/"))) == 50
    assert len(names(client.get("/nhan-su/?page=2"))) == 1


def test_the_kind_of_a_leave_is_read_by_the_personnel_officer_alone(client):
    person = staff()
    Leave.objects.create(staff=person, kind="thai sản", start_on=D(2024, 1, 1), end_before=D(2024, 7, 1))
    client.force_login(officer())
    client.cookies["ngon_ngu"] = "vi"
    page = html(client.get(f"/nhan-su/can-bo/{person.pk}/"))
    assert "thai sản" in page
    assert "30/06/2024" in page  # people read the last day, files say the day after
    for code in set(roles.Role.values) - {"personnel_officer"}:
        client.force_login(account(code, code))
        assert "thai sản" not in html(client.get(f"/nhan-su/can-bo/{person.pk}/"))


# ---- the roster by the page


def send(client, sheets=None, file=None):
    content = file or workbook(sheets or small_roster()).getvalue()
    return client.post("/nhan-su/nap/", {"file": SimpleUploadedFile("Sổ nhân sự.xlsx", content)})


def kept_files(settings):
    return [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]


def test_upload_preview_confirm(client, settings, django_capture_on_commit_callbacks):
    client.force_login(officer())
    preview = send(client).url
    page = client.get(preview)
    assert page.context["counts"] == {"new": 10, "changed": 0, "same": 0, "conflict": 0, "error": 0}
    assert "File “Sổ nhân sự.xlsx”, 10 rows. Nothing is written yet." in html(page)
    assert "Write 10 rows" in html(page)
    assert not Staff.objects.exists()
    assert len(kept_files(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(preview + "ghi/").url == preview
    assert "10 new, 0 changed, 0 the same." in html(client.get(preview))
    assert Staff.objects.count() == 2
    assert kept_files(settings) == []
    client.post(preview + "ghi/")  # a double click writes nothing twice
    assert Staff.objects.count() == 2


def test_the_file_is_compared_again_at_the_confirmation(client):
    client.force_login(officer())
    preview = send(
        client, {"Công tác": [["HD-0001", "CC", D(2024, 1, 1)]], "Nhân sự": [["HD-0001", "Lê Ba"]]}
    ).url
    person = staff("HD-0001", "Lê Ba", since=D(2023, 1, 1))
    before = stored_roster()
    answer = client.post(preview + "ghi/", follow=True)
    assert "Nothing was written: some rows still need a look." in html(answer)
    assert "The days overlap another time of service in the same category." in html(answer)
    assert stored_roster() == before
    assert person.spells.count() == 1


def test_wrong_rows_are_shown_as_typed_and_left_out_only_when_asked(client):
    client.force_login(officer())
    sheets = {"Nhân sự": [["HD-1", "Lê Ba", "12/31/1990"], ["HD-2", "Lê Bốn", None]]}
    preview = send(client, sheets).url
    page = html(client.get(preview))
    assert '<span class="quote quote-bad">12/31/1990</span>' in page
    assert "Day and month are never swapped by the portal." in page
    client.post(preview + "ghi/")
    assert not Staff.objects.exists()
    client.post(preview + "ghi/", {"skip_errors": "on"})
    assert list(Staff.objects.values_list("staff_code", flat=True)) == ["HD-2"]


def test_unclear_rows_block_the_writing_with_their_reason(client):
    client.force_login(officer())
    preview = send(client, {"Nhân sự": [["", "Lê Ba"], ["HD-2", "Lê Bốn"]]}).url
    page = html(client.get(preview))
    assert "some rows don&#x27;t say whom they mean" in page or "some rows don't say whom they mean" in page
    assert 'aria-disabled="true"' in page
    client.post(preview + "ghi/", {"skip_errors": "on"})
    assert not Staff.objects.exists()


def test_a_preview_is_its_uploaders_alone_and_can_be_dropped(
    client, settings, django_capture_on_commit_callbacks
):
    client.force_login(officer())
    preview = send(client).url
    client.force_login(officer("nhansu2"))
    assert client.get(preview).status_code == 404
    assert client.post(preview + "ghi/").status_code == 404
    client.force_login(User.objects.get(username="nhansu"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(preview + "bo/")
    assert kept_files(settings) == []
    assert client.get(preview).status_code == 404
    assert not Staff.objects.exists()


def test_old_previews_are_dropped_with_their_files(client, settings, django_capture_on_commit_callbacks):
    from datetime import timedelta

    from django.utils import timezone

    from people import uploads

    client.force_login(officer())
    send(client)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.drop_old(timezone.now() + timedelta(days=2))
    assert RosterUpload.objects.get().state == "dropped"
    assert kept_files(settings) == []


def test_the_clock_drops_old_previews_though_nobody_uploads_again(
    client, settings, django_capture_on_commit_callbacks
):
    from datetime import timedelta

    from django.utils import timezone

    from obligations.clock import jobs

    client.force_login(officer())
    send(client)
    (job,) = [job for job in jobs() if job.name == "people.drop-old-previews"]
    with django_capture_on_commit_callbacks(execute=True):
        job.run(timezone.now() + timedelta(days=2))
    assert RosterUpload.objects.get().state == "dropped"
    assert kept_files(settings) == []


def test_the_download_comes_back_unchanged(client):
    client.force_login(officer())
    client.post(send(client).url + "ghi/")
    answer = client.get("/nhan-su/xuat/")
    assert answer.headers["Cache-Control"].startswith("private, no-store")
    page = client.get(send(client, file=answer.content).url)
    assert page.context["counts"] == {"new": 0, "changed": 0, "same": 10, "conflict": 0, "error": 0}
    assert "Nothing to write:" in html(page)


# ---- accounts


def test_an_account_is_made_with_a_password_shown_once(client):
    boss, person = administrator(), staff("HD-0007", "Vũ Thị Lan", email="lan@hungdao.example")
    client.force_login(boss)
    answer = client.post("/nhan-su/tai-khoan/moi/", {"staff_code": "HD-0007"})
    password = answer.context["password"]
    assert password in html(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    person.refresh_from_db()
    user = person.user
    assert (user.username, user.email, user.must_change_password) == ("HD-0007", "lan@hungdao.example", True)
    assert user.check_password(password)
    assert password not in html(client.get(f"/nhan-su/tai-khoan/{user.pk}/"))
    log = AccountChange.objects.get()
    assert (log.change, log.actor_name, log.person_name) == ("created", "quantri", "Vũ Thị Lan")
    again = client.post("/nhan-su/tai-khoan/moi/", {"staff_code": "HD-0007"})
    assert "Vũ Thị Lan already has an account." in html(again)


def test_an_unknown_code_is_said_and_stays_in_the_field(client):
    client.force_login(administrator())
    page = html(client.post("/nhan-su/tai-khoan/moi/", {"staff_code": "HD-9999"}))
    assert "Nobody on the roster has the code HD-9999." in page
    assert 'value="HD-9999"' in page


def test_an_account_is_closed_opened_and_given_a_new_password(client):
    an = account("an")
    client.force_login(administrator())
    page = f"/nhan-su/tai-khoan/{an.pk}/"
    client.post(page + "khoa/")
    assert User.objects.get(pk=an.pk).is_active is False
    client.post(page + "mo/")
    answer = client.post(page + "mat-khau/")
    an.refresh_from_db()
    assert an.is_active and an.must_change_password and an.check_password(answer.context["password"])
    log = AccountChange.objects.filter(person=an).order_by("pk").values_list("change", flat=True)
    assert list(log) == ["disabled", "enabled", "new_password"]


def test_an_administrator_does_none_of_it_to_themselves(client):
    boss = administrator()
    client.force_login(boss)
    page = f"/nhan-su/tai-khoan/{boss.pk}/"
    assert "another administrator closes it" in html(client.get(page))
    for path, data in (
        ("khoa/", {}),
        ("mat-khau/", {}),
        ("vai-tro/", {"change": "grant", "role": "head"}),
        ("vai-tro/", {"change": "revoke", "role": "administrator"}),
    ):
        assert client.post(page + path, data).status_code == 403
    assert roles.roles_of(User.objects.get(pk=boss.pk)) == {"administrator"}


def test_roles_are_given_and_taken_on_the_page_and_stand_in_the_log(client):
    an = account("an")
    client.force_login(administrator())
    page = f"/nhan-su/tai-khoan/{an.pk}/"
    assert "Role given: records clerk." in html(
        client.post(page + "vai-tro/", {"change": "grant", "role": "records_clerk"}, follow=True)
    )
    client.post(page + "vai-tro/", {"change": "revoke", "role": "records_clerk"})
    client.post(page + "vai-tro/", {"change": "grant", "role": "khong-co"})
    assert roles.roles_of(User.objects.get(pk=an.pk)) == frozenset()
    log = [(change.change, label) for change, label in client.get("/nhan-su/vai-tro/").context["rows"]][:2]
    assert log == [("revoked", "records clerk"), ("granted", "records clerk")]


def test_the_log_is_open_to_whoever_is_told_of_role_changes(client, monkeypatch):
    chair = account("chutich")
    client.force_login(chair)
    assert client.get("/nhan-su/vai-tro/").status_code == 403
    monkeypatch.setattr(roles, "role_watchers", [lambda: [chair]])
    monkeypatch.setattr("people.access.role_watchers", roles.role_watchers)
    assert client.get("/nhan-su/vai-tro/").status_code == 200


def test_ones_own_page_says_unit_and_roles(client):
    an = account("an", "judge")
    staff("HD-0007", "Nguyễn Văn An", in_unit=unit(), user=an)
    client.force_login(an)
    page = html(client.get("/nhan-su/cua-toi/"))
    for words in ("Nguyễn Văn An", "HD-0007", "Phòng Văn hóa - Xã hội", "judge"):
        assert words in page


def test_the_first_administrator_is_made_on_the_server():
    import io

    from django.core.management import CommandError, call_command

    staff("HD-0001", "Lê Ba")
    out = io.StringIO()
    call_command("make_administrator", "HD-0001", stdout=out)
    name, password = out.getvalue().split()
    user = User.objects.get(username=name)
    assert user.check_password(password) and roles.roles_of(user) == {"administrator"}
    with pytest.raises(CommandError) as refused:
        call_command("make_administrator", "HD-0002")
    assert refused.value.returncode == 2
