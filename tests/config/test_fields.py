"""Forms are drawn one way: labels, help, errors and ids belong together."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from config.forms import DayField
from config.states import add_states
from tests.html import assert_sound, read


class Sample(forms.Form):
    title = forms.CharField(label="Tên sáng kiến", help_text="Không quá 200 ký tự.")
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    used_on = forms.DateField(label="Ngày áp dụng")
    field = forms.ChoiceField(label="Lĩnh vực", choices=[("a", "A"), ("b", "B")])
    secret = forms.ChoiceField(
        label="Có bảo mật không?",
        choices=[("y", "Có"), ("n", "Không")],
        widget=forms.RadioSelect,
        help_text="h",
    )
    kinds = forms.MultipleChoiceField(
        label="Loại", choices=[("1", "Một"), ("2", "Hai")], widget=forms.CheckboxSelectMultiple
    )
    pledge = forms.BooleanField(label="Tôi cam đoan", help_text="Đọc kỹ.")
    paper = forms.FileField(label="Tệp")
    share = forms.DecimalField(label="Tỷ lệ", widget=forms.TextInput(attrs={"class": "input-short"}))
    number = forms.CharField(widget=forms.HiddenInput)


def page(form):
    return str(form)


def tags_of(html, name):
    return {a.get("name"): a for tag, a in read(html).tags if tag in ("input", "select", "textarea")}[name]


@pytest.mark.parametrize("data", [None, {}], ids=["empty", "sent empty"])
def test_every_control_has_its_label_its_help_and_its_errors(data):
    html = page(Sample(data))
    assert_sound(html)
    labelled = {ref for kind, ref in read(html).refs if kind == "for"}
    controls = [a for tag, a in read(html).tags if tag in ("input", "select", "textarea")]
    assert {a["id"] for a in controls if a.get("type") != "hidden"} == labelled


def test_a_wrong_field_says_so_to_eye_and_ear():
    html = page(Sample({"title": ""}))
    title = tags_of(html, "title")
    assert title["aria-invalid"] == "true"
    assert title["aria-describedby"] == "id_title_helptext id_title_error"
    assert title["class"] == "form-control is-invalid"


def test_a_question_with_several_answers_is_a_fieldset_described_by_its_help_and_error():
    tags = read(page(Sample({}))).tags
    fieldsets = [a for tag, a in tags if tag == "fieldset"]
    assert [a.get("aria-describedby") for a in fieldsets] == [
        "id_secret_helptext id_secret_error",
        "id_kinds_error",
    ]
    assert sum(tag == "legend" for tag, _ in tags) == 2


def test_the_error_list_leads_to_each_field():
    html = page(Sample({}))
    assert '<div class="note note-bad" role="alert">' in html
    for anchor in ("id_title", "id_secret_0", "id_kinds_0", "id_pledge", "id_paper"):
        assert f'<a href="#{anchor}">' in html


def test_controls_wear_the_look_and_keep_their_own_class():
    html = page(Sample())
    assert tags_of(html, "used_on")["class"] == "form-control input-date"
    assert tags_of(html, "share")["class"] == "form-control input-short"
    assert tags_of(html, "field")["class"] == "form-select"
    assert tags_of(html, "pledge")["class"] == "form-check-input"
    assert tags_of(html, "secret")["class"] == "form-check-input"


def test_drawing_twice_changes_nothing():
    form = Sample({})
    assert page(form) == page(form)


def test_only_what_may_stay_empty_says_so():
    html = page(Sample())
    assert html.count('<span class="sub">(') == 1
    assert '<label class="form-label" for="id_note">Ghi chú <span class="sub">(' in html


def test_nothing_typed_is_lost_and_nothing_typed_is_code():
    html = page(Sample({"title": '"><script>alert(1)</script>', "note": "</textarea><b>", "secret": "n"}))
    assert "<script>" not in html and "</textarea><b>" not in html
    assert tags_of(html, "title")["value"] == '"><script>alert(1)</script>'
    assert 'value="n" class="form-check-input' in html or "checked" in html


def test_a_stored_private_file_needs_no_address():
    class Stored:
        @property
        def url(self):
            raise ValueError("no address")

        def __bool__(self):
            return True

    assert 'type="file"' in page(Sample(initial={"paper": Stored()}))


def test_a_state_differs_in_icon_and_tone():
    def draw(text):
        return Template(text).render(Context({"typed": "<x>"}))

    assert draw('{% state "recognised" "Đã công nhận" strong=True %}').startswith(
        '<span class="state state-good">'
    )
    assert "i-award" in draw('{% state "recognised" "x" %}')
    assert 'class="state state-bad"' in draw('{% state "declined" "x" %}')
    assert draw('{% state "draft" typed %}').strip().endswith("&lt;x&gt;</span>")


def test_a_state_has_one_look_everywhere():
    add_states(draft=("", "edit"))
    with pytest.raises(ValueError, match="draft"):
        add_states(draft=("bad", "x"))


def test_pages_keep_the_filter_and_mark_the_current_one(rf):
    request = rf.get("/?don-vi=vh&page=5")
    page_obj = Paginator(range(200), 20).page(5)
    html = render_to_string("components/pagination.html", {"page_obj": page_obj}, request)
    assert 'href="?don-vi=vh&amp;page=6"' in html
    assert '<a href="?don-vi=vh&amp;page=5" aria-current="page">5</a>' in html
    assert '<span class="gap">' in html


def test_one_page_needs_no_pages():
    page_obj = Paginator(range(3), 20).page(1)
    assert render_to_string("components/pagination.html", {"page_obj": page_obj}).strip() == ""


def test_a_table_names_each_cell_for_the_phone():
    html = render_to_string(
        "components/table.html",
        {
            "caption": "c",
            "columns": [("Đơn vị", ""), ("Đã học", "r")],
            "rows": [["A", 9]],
            "foot": ["Cộng", 9],
        },
    )
    assert html.count('<td class="r" data-label="Đã học">9</td>') == 2
    assert '<th scope="row">A</th>' in html


def test_a_confirmation_stands_alone_or_as_a_dialog(rf):
    data = {"question": "Rút hồ sơ?", "action_label": "Rút", "danger": True, "back_url": "/x/", "id": "rut"}
    html = render_to_string("components/dialog.html", data, rf.get("/"))
    assert_sound(html)
    assert '<dialog class="dialog stack" id="rut" data-dialog aria-labelledby="rut-h">' in html
    assert 'class="btn btn-danger"' in html


def test_a_dialog_does_not_pick_up_the_form_of_its_page(rf):
    data = {"question": "Rút?", "action_label": "Rút", "back_url": "/x/", "id": "rut", "form": Sample()}
    assert "id_title" not in render_to_string("components/dialog.html", data, rf.get("/"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/02/2026", "2/2026 has only 28 days"),
        ("31/04/2026", "4/2026 has only 30 days"),
        ("12/31/2026", "only 12 months"),
        ("hôm qua", "Enter a valid date."),
        ("01/01/26", "Enter a valid date."),
    ],
)
def test_a_wrong_day_is_told_what_is_wrong_about_it(typed, told):
    with override("en"), pytest.raises(forms.ValidationError, match=told):
        DayField().clean(typed)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_typed_the_same_in_both_languages(language):
    with override(language):
        assert DayField().clean("02/03/2026") == date(2026, 3, 2)
        assert date_format(date(2026, 3, 2)) == "02/03/2026"
