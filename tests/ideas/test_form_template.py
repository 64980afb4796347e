"""The form template: one truth for the web form, its order and what is confidential; kept by old dossiers."""

import json
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ideas import publication
from ideas.application.definition import TemplateInvalid, read_template
from ideas.application.keeping import NoFormInForce, load_form_templates, template_in_force
from ideas.application.shipped import SHIPPED, TT18
from ideas.authorship import start_dossier
from ideas.completeness import missing_items
from ideas.drafts import FIELDS_OF_STEP
from ideas.forms.form import FORMS
from ideas.forms.people import OutsideAuthorForm, ParticipantForm
from ideas.models import FormTemplate, Initiative
from ideas.models.form_template import TemplateInUse
from ideas.reading import reading_of
from ideas.versions import FORM_FIELDS
from ideas.views.form import steps

from . import builders
from .form_builders import step

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEFINITION = SHIPPED[0]["definition"]
OFFICIAL = [  # TT 18/2013, Phụ lục I, word for word
    (1, "", "Kính gửi"),
    (2, "", "Tôi (chúng tôi) ghi tên dưới đây"),
    (3, "", "Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến"),
    (
        4,
        "-",
        "Chủ đầu tư tạo ra sáng kiến (trường hợp tác giả không đồng thời là chủ đầu tư tạo ra sáng kiến)",
    ),
    (5, "-", "Lĩnh vực áp dụng sáng kiến"),
    (6, "-", "Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử (ghi ngày nào sớm hơn)"),
    (7, "-", "Mô tả bản chất của sáng kiến"),
    (8, "-", "Những thông tin cần được bảo mật (nếu có)"),
    (9, "-", "Các điều kiện cần thiết để áp dụng sáng kiến"),
    (
        10,
        "-",
        "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến của tác giả",
    ),
    (
        11,
        "-",
        "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến của "
        "tổ chức, cá nhân đã tham gia áp dụng sáng kiến lần đầu, kể cả áp dụng thử (nếu có)",
    ),
    (
        12,
        "",
        "Danh sách những người đã tham gia áp dụng thử hoặc áp dụng sáng kiến lần đầu (nếu có)",
    ),
    (
        13,
        "",
        "Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật "
        "và hoàn toàn chịu trách nhiệm trước pháp luật",
    ),
    (14, "", "Người nộp đơn"),
]


BESIDES = "difference"  # asked where something similar was shown; for the council, no part of the form


@pytest.fixture
def ward():
    return builders.make_ward()


def template():
    return read_template(DEFINITION)


def test_the_shipped_form_is_the_circulars_in_order_numbers_and_words():
    assert [(item.number, item.mark, item.wording) for item in template().main] == OFFICIAL
    row = template_in_force()
    assert (row.code, row.effective_from, row.effective_before) == (TT18, date(2013, 10, 1), None)
    assert "Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013" in row.legal_basis


# ---- one truth


def test_every_box_of_the_web_form_is_in_the_template_and_the_other_way_round():
    boxes = [name.removesuffix("_id") for names in FIELDS_OF_STEP.values() for name in names]
    assert sorted(boxes) == sorted([*(field.key for field in template().fields), BESIDES])
    assert sorted([*FORM_FIELDS, "field"]) == sorted(boxes)  # and all of them are frozen


def test_the_tables_of_people_ask_what_their_forms_ask():
    authors, people = template().item_of("authors"), template().item_of("participants")
    asked = set(OutsideAuthorForm.base_fields) - {"scan"}
    assert {column.key for column in authors.columns} - {"order"} == asked
    assert {column.key for column in people.columns} - {"order"} == set(ParticipantForm.base_fields)


def test_what_may_stay_empty_and_what_is_secret_is_the_templates_too(ward):
    """The rules before submitting and the rules of the template name the same boxes."""
    empty = builders.fresh(start_dossier(ward.tacgia, ""))
    Initiative.objects.filter(pk=empty.pk).update(has_confidential_part=True)
    missing = {item.field for item in missing_items(builders.fresh(empty))} - {"attachments"}
    required = set(template().required_keys) - {"has_confidential_part"}  # answered above
    # One of two days is enough, and what is confidential is asked only where something is.
    assert missing == required | {"first_applied_on", "confidential_part"}
    assert template().confidential_keys == {"confidential_part"}
    assert template().confidential_keys.isdisjoint(publication._LOADED)


@pytest.mark.parametrize("number", [1, 3, 4, 5, 6])
def test_each_field_on_the_page_names_its_item(ward, client, number):
    client.force_login(ward.tacgia)
    client.cookies["ngon_ngu"] = "en"
    page = client.get(step(builders.draft(ward), number))
    form = page.context["form"]
    named = {}
    for name, field in form.fields.items():
        item = template().item_of(name)
        if item is not None:
            named.setdefault(item.key, str(field.help_text))
            words = "Besides the form, item" if item.in_annex else "Item"
            assert str(field.help_text).startswith(f"{words} {item.number}"), name
    for key, text in named.items():
        assert template().item_of(key).wording in text
    asked = {name.removesuffix("_id") for name in FIELDS_OF_STEP[number]} - {BESIDES}
    assert set(named) == {template().item_of(name).key for name in asked}
    assert set(FORMS) == set(steps.STEPS)


# ---- versions of the form


def later_form(**changes):
    """Another form from tomorrow on, with other words for its first dash."""
    definition = deepcopy(DEFINITION)
    definition["items"][3]["wording"] = "Chủ đầu tư"
    values = {
        "code": "TT99/2026-PL1",
        "legal_basis": "Thông tư số 99/2026",
        "effective_from": timezone.localdate() + timedelta(days=1),
        "definition": definition,
    }
    return FormTemplate.objects.create(**values | changes)


def test_a_form_is_in_force_from_its_first_day_until_before_its_last(ward):
    old = template_in_force()
    new = later_form()
    today = timezone.localdate()
    FormTemplate.objects.filter(pk=old.pk).update(effective_before=new.effective_from)
    assert template_in_force(today) == old
    assert template_in_force(new.effective_from) == new
    FormTemplate.objects.filter(pk=new.pk).update(effective_before=today + timedelta(days=3))
    assert template_in_force(today + timedelta(days=2)) == new
    with pytest.raises(NoFormInForce):
        template_in_force(today + timedelta(days=3))
    with pytest.raises(NoFormInForce):
        template_in_force(date(2013, 9, 30))


def test_a_dossier_keeps_the_form_it_was_begun_under(ward, client):
    begun = builders.draft(ward)
    new = later_form(effective_from=timezone.localdate())
    assert template_in_force() == new
    begun_later = start_dossier(ward.nguoikhac, "Sau")
    assert (builders.fresh(begun).form_template.code, begun_later.form_template) == (TT18, new)
    client.force_login(ward.tacgia)
    assert OFFICIAL[3][2] in client.get(step(begun, 3)).content.decode()
    client.force_login(ward.nguoikhac)
    page = client.get(step(begun_later, 3)).content.decode()
    assert OFFICIAL[3][2] not in page and "Chủ đầu tư" in page
    wordings = {f.item.number: f.item.wording for f in reading_of(builders.fresh(begun)).items}
    assert wordings[4] != "Chủ đầu tư"


def test_a_submitted_version_names_the_form_and_its_hash(ward):
    version = builders.submitted(ward).versions.get()
    payload = json.loads(version.payload)
    row = FormTemplate.objects.get()
    assert (payload["form"], payload["form_version"]) == (TT18, 1)
    assert payload["form_sha256"] == row.sha256 and len(row.sha256) == 64


def test_a_form_in_use_does_not_change_but_may_end(ward):
    row = template_in_force()
    row.legal_basis = "Khác"
    row.save()
    row.legal_basis = SHIPPED[0]["legal_basis"]
    row.save()
    start_dossier(ward.tacgia, "Một")
    row.definition = later_form().definition
    with pytest.raises(TemplateInUse):
        row.save()
    row.refresh_from_db()
    row.effective_before = date(2030, 1, 1)
    row.save()
    load_form_templates()
    assert FormTemplate.objects.get(code=TT18).effective_before == date(2030, 1, 1)


def test_dates_and_versions_are_held_by_the_database():
    row = template_in_force()
    for changes in ({"effective_before": row.effective_from, "version": 2}, {}):
        values = {name: getattr(row, name) for name in ("code", "version", "legal_basis", "definition")}
        with pytest.raises(IntegrityError), transaction.atomic():
            FormTemplate.objects.create(**values | {"effective_from": row.effective_from} | changes)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (lambda d: d["items"].pop(3), "without gaps"),
        (lambda d: d["items"][3].update(wording=""), "no wording"),
        (lambda d: d["items"][3].update(kind="song"), "unknown kind"),
        (lambda d: d["items"][3].update(fields=[]), "asks for nothing"),
        (lambda d: d["items"][1].update(columns=[]), "columns"),
        (lambda d: d["items"][4]["fields"].append({"key": "title", "kind": "text"}), "stands twice"),
        (lambda d: d["items"][3].pop("key"), "incomplete"),
        (lambda d: d["items"][7]["fields"][0].update(choices=[]), "choices"),
    ],
)
def test_a_definition_that_does_not_add_up_is_refused_with_what_is_wrong(fault, words):
    definition = deepcopy(DEFINITION)
    fault(definition)
    with pytest.raises(TemplateInvalid, match=words):
        read_template(definition)


def test_the_form_speaks_vietnamese_in_every_language(ward, client):
    client.force_login(ward.tacgia)
    dossier = builders.submitted(ward)
    for language in ("en", "vi"):
        client.cookies["ngon_ngu"] = language
        page = client.get(dossier.get_absolute_url()).content.decode()
        assert all(wording in page for _number, _mark, wording in OFFICIAL[1:12])
