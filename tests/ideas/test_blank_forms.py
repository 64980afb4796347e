"""Forms on paper: printed with a code, keyed by a clerk into one draft, submitted as of the day received."""

import re
from datetime import date, timedelta
from unittest import mock

import pytest
from django.utils import timezone

from ideas import workflow
from ideas.application import blank_forms
from ideas.application.keeping import template_in_force
from ideas.authorship import add_author
from ideas.models import BlankForm, FormTemplate, HistoryEntry, Initiative
from papers.codes import ALPHABET, CODE_LENGTH
from tests.html import assert_sound
from tests.papers.document_builders import holds_in_order, pdf_text

from . import builders
from .form_builders import pdf, reread, step, typed
from .test_form_template import OFFICIAL, later_form, template

pytestmark = pytest.mark.django_db
MINE, KEY = "/sang-kien/ho-so/don-trang/", "/sang-kien/ho-so/tu-don-giay/"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def clerk(ward, client):
    client.force_login(ward.vanthu)
    return client


def printed(user, **changes):
    form = blank_forms.print_form(user)
    if changes:
        BlankForm.objects.filter(pk=form.pk).update(**changes)
        form.refresh_from_db()
    return form


# ---- printing


def test_the_author_prints_a_form_with_its_code_and_no_dossier_comes_of_it(ward, client):
    client.force_login(ward.tacgia)
    assert_sound(client.get(MINE).content)
    assert client.post(MINE).url == MINE
    form = BlankForm.objects.get()
    page = client.get(MINE).content.decode()
    assert form.code_shown in page and f"{form.expires_on:%d/%m/%Y}" in page
    assert_sound(page.encode())
    paper = client.get(f"{MINE}{form.code}.pdf")
    assert paper["Content-Disposition"] == f'attachment; filename="don-trang-{form.code_shown}.pdf"'
    text = pdf_text(paper.content)
    words = [f"{mark} {wording}".strip() for _number, mark, wording in OFFICIAL]
    assert holds_in_order(text, [form.code_shown, *words[:-1], words[-1].upper()]) is None
    annex = [item.label for item in template().annex]
    assert holds_in_order(text, ["THÔNG TIN KÈM THEO ĐƠN", *annex]) is None
    pages = [page for page in text.split("\f") if page.strip()]
    assert all(f"Mã đơn {form.code_shown}" in page for page in pages)
    assert not Initiative.objects.exists()


def test_the_square_on_the_paper_holds_the_address_of_its_draft(ward, settings):
    settings.SITE_URL = "https://doimoi.hungdao.example"
    form = printed(ward.tacgia)
    assert blank_forms.address_of(form.code) == f"https://doimoi.hungdao.example{KEY}{form.code}/"
    with mock.patch("papers.documents.pdf.qr_svg", wraps=blank_forms_qr()) as drawn:
        blank_forms.form_file(form)
    assert [call.args[0] for call in drawn.call_args_list] == [blank_forms.address_of(form.code)]


def blank_forms_qr():
    from papers.render import qr_svg

    return qr_svg


def test_codes_have_forty_random_bits():
    assert len(ALPHABET) ** CODE_LENGTH >= 2**40


def test_nobody_prints_without_end_and_nobody_takes_anothers(ward, client):
    client.force_login(ward.tacgia)
    for _number in range(blank_forms.MOST_UNUSED):
        assert client.post(MINE).status_code == 302
    full = client.post(MINE)
    assert full.status_code == 409 and str(blank_forms.MOST_UNUSED) in full.content.decode()
    assert BlankForm.objects.count() == blank_forms.MOST_UNUSED
    other = BlankForm.objects.first()
    client.force_login(ward.vanthu)
    assert client.get(f"{MINE}{other.code}.pdf").status_code == 404
    # One that was keyed, or has expired, makes room again.
    BlankForm.objects.filter(pk=other.pk).update(expires_on=timezone.localdate())
    client.force_login(ward.tacgia)
    assert client.post(MINE).status_code == 302


def test_whoever_may_begin_nothing_prints_nothing(ward, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("khach", password=builders.PASSWORD))
    assert client.post(MINE).status_code == 403
    client.logout()
    assert client.get(MINE).url.startswith("/tai-khoan/login/")


# ---- keying


def test_the_clerk_types_the_code_and_lands_in_that_very_draft(ward, clerk):
    form = printed(ward.tacgia)
    asked = clerk.get(KEY)
    assert_sound(asked.content)
    written = f" {form.code_shown.lower()} "
    found = clerk.get(KEY, {"ma": written}, follow=True)
    assert found.redirect_chain[-1][0] == f"{KEY}{form.code}/"
    assert_sound(found.content)
    assert not Initiative.objects.exists()  # looking makes nothing
    begun = clerk.post(f"{KEY}{form.code}/")
    initiative = Initiative.objects.get()
    assert begun.url == step(initiative, 1)
    assert (initiative.keyed_from_paper, initiative.created_by) == (True, ward.vanthu)
    assert HistoryEntry.objects.get(initiative=initiative).actor_role == "records_clerk"
    assert not initiative.authors.exists()
    # From then on the code leads there at once, however often it is scanned or sent.
    for ask in (clerk.get, clerk.post):
        assert ask(f"{KEY}{form.code}/").url == step(initiative, 1)
    assert Initiative.objects.count() == 1
    page = clerk.get(step(initiative, 1)).content.decode()
    assert form.code_shown in page and initiative.code in page  # compare: a copied form has another's code


def test_a_paper_dossier_goes_from_its_code_to_the_receipt(ward, clerk):
    form = printed(ward.tacgia)
    clerk.post(f"{KEY}{form.code}/")
    initiative = Initiative.objects.get()
    received = timezone.localdate() - timedelta(days=3)
    clerk.post(step(initiative, 1), typed(initiative, 1, title="Nhắc hạn bằng bảng màu"))
    add_author(initiative, staff=ward.tacgia.staff, share=100, is_main=True)
    builders.fill_form(initiative, has_confidential_part=False, confidential_part="")
    builders.attach(initiative)
    sent = clerk.post(
        step(initiative, 7),
        {"pledge": "on", "received_on": f"{received:%d/%m/%Y}", "scan": pdf("don-da-ky.pdf")},
    )
    stored = reread(initiative)
    assert sent.url == stored.get_absolute_url()
    assert (stored.state, stored.received_on) == ("submitted", received)
    assert stored.attachments.get(kind="paper_application").name == "don-da-ky.pdf"
    text = pdf_text(clerk.get(f"{stored.get_absolute_url()}bien-nhan.pdf").content)
    assert "GIẤY BIÊN NHẬN" in text and "Nhắc hạn bằng bảng màu" in text
    signed = pdf_text(clerk.get(f"{stored.get_absolute_url()}don.pdf").content)
    month = f"{received.month:02d}" if received.month < 3 else str(received.month)
    assert f"ngày {received:%d} tháng {month} năm {received.year}" in " ".join(signed.split())
    assert clerk.get(f"{KEY}{form.code}/").url == stored.get_absolute_url()


def test_another_clerk_is_told_who_keys_it_and_gets_no_second_draft(ward, client):
    other = builders.make_user("vanthu2", "Lương Thị Hạnh", "records_clerk")
    form = printed(ward.tacgia)
    blank_forms.begin_keying(form, ward.vanthu)
    Initiative.objects.update(title="Tên kín 7719")
    client.force_login(other)
    for ask in (client.get, client.post):
        answer = ask(f"{KEY}{form.code}/")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Cao Thị Thu" in page and "Tên kín" not in page and "SK-" not in page
    assert Initiative.objects.count() == 1


def test_a_form_is_keyed_under_the_template_it_was_printed_with(ward):
    form = printed(ward.tacgia)
    old = template_in_force()
    new = later_form(effective_from=timezone.localdate())
    assert template_in_force() == new
    assert blank_forms.begin_keying(form, ward.vanthu).form_template == old
    assert printed(ward.tacgia).form_template == new
    assert FormTemplate.objects.count() == 2


# ---- codes that lead nowhere


def alike(answer):
    """The page without what changes from request to request."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]*|data-csrf="[^"]*', "", answer.content.decode())
    return re.sub(r"\b[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}\b", "CODE", text)


def test_unknown_wrong_and_expired_codes_look_alike(ward, clerk):
    expired = printed(ward.tacgia, expires_on=timezone.localdate())
    assert blank_forms.form_of_code(expired.code, timezone.localdate() - timedelta(days=1)) == expired
    pages = [clerk.get(f"{KEY}{code}/") for code in (expired.code, "AAAABBBB", "K7QM4TXD")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({alike(page) for page in pages}) == 1
    assert pages[0]["X-Robots-Tag"] == "noindex, nofollow"
    assert clerk.post(f"{KEY}{expired.code}/").status_code == 404
    assert clerk.get(KEY, {"ma": "0OI1"}).status_code == 404
    assert clerk.get(KEY, {"ma": " "}).status_code == 200
    assert not Initiative.objects.exists()


def test_guessing_is_slowed_down_and_a_right_code_is_never_counted(ward, clerk):
    form = printed(ward.tacgia)
    for _number in range(5):
        assert clerk.get(f"{KEY}{form.code}/").status_code == 200
    for number in range(blank_forms.WRONG_CODES.most):
        assert clerk.get(f"{KEY}AAAA{number % 8 + 2}BBB/").status_code == 404
    for ask in (clerk.get, clerk.post):
        slowed = ask(f"{KEY}{form.code}/")
        assert (slowed.status_code, slowed["Retry-After"]) == (429, str(blank_forms.WRONG_CODES.seconds))
    assert clerk.get(KEY, {"ma": "0OI1"}).status_code == 429
    assert not Initiative.objects.exists()


def test_only_a_records_clerk_learns_whether_a_code_is_one(ward, client):
    form = printed(ward.tacgia)
    for user in (ward.tacgia, ward.thuky, ward.quantri):
        client.force_login(user)
        answers = [client.get(f"{KEY}{code}/") for code in (form.code, "AAAABBBB")]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert alike(answers[0]) == alike(answers[1])
    client.logout()
    assert client.get(f"{KEY}{form.code}/").url.endswith(f"?next={KEY}{form.code}/")


# ---- what is forgotten


def test_prints_nobody_keyed_are_forgotten_and_keyed_ones_stay(ward):
    today = timezone.localdate()
    gone, kept, used = (printed(ward.tacgia) for _number in range(3))
    assert gone.expires_on == today + timedelta(weeks=blank_forms.WEEKS_KEPT)
    initiative = blank_forms.begin_keying(used, ward.vanthu)
    BlankForm.objects.filter(pk__in=[gone.pk, used.pk]).update(expires_on=today)
    assert blank_forms.forget_expired(today) == 1
    assert set(BlankForm.objects.all()) == {kept, used}
    assert blank_forms.form_of_code(used.code).initiative == initiative


def test_the_worker_forgets_them(ward):
    from ideas.jobs import blank_forms as job

    printed(ward.tacgia, expires_on=date(2026, 1, 1))
    job(timezone.now())
    assert not BlankForm.objects.exists()


def test_a_paper_dossier_that_is_withdrawn_still_answers_to_its_code(ward, clerk):
    form = printed(ward.tacgia)
    initiative = blank_forms.begin_keying(form, ward.vanthu)
    add_author(initiative, staff=ward.tacgia.staff, share=100, is_main=True)
    workflow.move(initiative, "withdraw", ward.tacgia, reason="Nộp nhầm")
    assert clerk.get(f"{KEY}{form.code}/").url == initiative.get_absolute_url()
