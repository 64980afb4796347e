"""Erasing: the preview says what goes, what gets a pseudonym, what stays and why; afterwards a search over
the whole database finds nothing of the person but what it said stays."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from competitions.models import Participant
from ideas.models import Idea, IdeaContact
from ideas.suggestions import codes
from people.models import Leave, ServiceSpell, Staff, User
from rights import erasing, identity, log
from rights.models import Erasure, RequestState
from rights.refusing import Refused
from tests.ideas.suggestion_builders import sent as sent_idea
from tests.people.builders import account, staff, unit
from tests.plan import voices_builders as voices
from trust.consents import standing
from trust.holdings import holdings
from trust.models import AuditEvent, Consent

from . import markers
from .builders import NOW, do, fresh, officer, sent

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


def former(**values):
    """Somebody whose service has ended, with an account."""
    user = account("cuuhd", first_name="Zqx8120 Ten", last_name="Zqx8120 Ho")
    person = staff("HD-0812", "Zqx8120 Văn Cựu", user=user, birth_date=markers.BIRTH, **values)
    ServiceSpell.objects.filter(staff=person).update(end_before=date(2026, 1, 1))
    return person, user


def in_person(request, baove, code="HD-0812"):
    do("identify", request, baove, "Căn cước", staff_code=code)
    do("answer", request, baove, "Phường đã nhận.")
    return fresh(request)


def carried_out(request, baove, confirmed=None):
    plan = erasing.plan_for(identity.person_of(request))
    given = confirmed or plan.fingerprint
    return plan, erasing.erase(request, baove, "Đã xóa.", given, seen=log.last_seen(request), now=NOW)


def test_with_data_in_every_table_only_what_the_preview_said_stays_is_found_afterwards():
    baove = officer()
    person, user = former(email="zqx8120@thu.example", qualification="Zqx8120 học")
    User.objects.filter(pk=user.pk).update(username="zqx8120", email="zqx8120@thu.example")
    unit()
    filled = fill_every_table(person, user)
    assert len(filled) > 80
    request = in_person(sent(name="Zqx8120 Gửi", email="zqx8120@thu.example", text="zqx8120"), baove)
    plan, _done = carried_out(request, baove)
    stays = set()
    for holding, line in plan.lines:
        stays |= set(markers.columns_of(holding.model, line.stays))
    found = markers.found_in(markers.MARK, markers.BIRTH.isoformat())
    assert found - stays == set()
    assert ("people_staff", "full_name") not in found
    assert ("people_user", "email") not in found
    assert ("people_leave", "kind") not in found
    assert ("competitions_participant", "phone") not in found
    assert ("ideas_ideacontact", "email") not in found


def fill_every_table(person, user):
    """One row for each holding that can be this person's, every personal text of it marked."""
    filled = set()
    participant = Participant.objects.create(
        user=user,
        email="zqx8120@thu.example",
        email_key="zqx8120@thu.example",
        full_name="Zqx8120 Thi",
        phone="0900zqx8120",
        place="zqx8120 tổ 5",
        birth_date=markers.BIRTH,
    )
    filled.add("competitions.Participant")
    links = {"people.User": user, "people.Staff": person, "competitions.Participant": participant}
    for holding in holdings():
        if holding.model in filled or holding.model.split(".")[0] not in OURS:
            continue
        if holding.model in ("people.User", "people.Staff", "trust.AuditEvent", "rights.RightsRequest"):
            continue
        if _mark_one(holding, links, markers_person(person, user)):
            filled.add(holding.model)
    return filled


OURS = ("people", "notifications", "portal", "ideas", "training", "competitions", "plan", "rights")


def markers_person(person, user):
    from trust.persons import find_person

    return find_person(staff={person.pk}, user={user.pk})


def _mark_one(holding, links, whom):
    """Whether a row of this holding is the person's now: one that is already, else a new one."""
    table = holding.table
    if issubclass(table, apps.get_model("wagtailcore.Page")) or table._meta.get_parent_list():
        return False
    texts = _texts(holding)
    if own := holding.rows(whom).first():
        return bool(models.QuerySet(table).filter(pk=own.pk).update(**texts)) if texts else True
    people = {
        field.name: links[field.related_model._meta.label]
        for field in table._meta.concrete_fields
        if field.is_relation and field.name in holding.fields and field.related_model._meta.label in links
    }
    try:
        with transaction.atomic():
            row = markers.make_row(holding.model, **people, **texts)
            if not holding.rows(markers_person(*_two(links))).filter(pk=row.pk).exists():
                raise IntegrityError  # nobody's: whoever typed it left no link
    except IntegrityError:
        return False
    return True


def _two(links):
    return links["people.Staff"], links["people.User"]


def _texts(holding):
    """Every personal text of a row, with the mark in it."""
    found = {}
    for name in holding.fields:
        field = holding.table._meta.get_field(name)
        if isinstance(field, models.FileField):
            found[name] = "zqx8120/tep.bin"
        elif isinstance(field, models.EmailField) or name == "to":
            found[name] = "zqx8120@thu.example"
        elif isinstance(field, models.DateField):
            found[name] = markers.BIRTH
        elif isinstance(field, models.JSONField):
            found[name] = {"ten": "zqx8120"}
        elif name == "staff_code":
            found[name] = "HD-0812"
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            found[name] = f"zqx8120{field.name}"[: field.max_length]
    return found


def test_whoever_serves_keeps_the_record_and_loses_what_no_law_keeps():
    baove, user = officer(), account("canbo")
    person = staff("HD-0812", "Zqx8120 Đang Làm", user=user, birth_date=markers.BIRTH)
    Leave.objects.create(staff=person, start_on=LONG_AGO, end_before=LONG_AGO + timedelta(9), kind="Ốm")
    request = in_person(sent(), baove)
    plan, _done = carried_out(request, baove)
    stays = {holding.model: line.stays for holding, line in plan.lines}
    assert {"full_name", "birth_date", "email"} <= set(stays["people.Staff"])
    assert set(stays["people.Leave"]) == {"staff", "kind"}
    assert Staff.objects.get(pk=person.pk).full_name == "Zqx8120 Đang Làm"
    assert User.objects.get(pk=user.pk).is_active


def test_whoever_was_erased_cannot_sign_in_and_is_signed_out(client):
    baove = officer()
    _person, user = former()
    client.force_login(user)
    assert client.get("/nhan-su/cua-toi/").status_code == 200
    carried_out(in_person(sent(), baove), baove)
    assert client.get("/nhan-su/cua-toi/").status_code == 302
    gone = User.objects.get(pk=user.pk)
    assert (gone.is_active, gone.has_usable_password(), gone.email) == (False, False, "")
    assert gone.username.startswith("da-xoa-")


def test_the_name_becomes_a_pseudonym_and_what_is_searched_by_follows():
    baove = officer()
    person, _user = former()
    carried_out(in_person(sent(), baove), baove)
    gone = Staff.objects.get(pk=person.pk)
    assert gone.full_name.startswith("Người đã xóa dữ liệu ")
    assert "zqx8120" not in f"{gone.name_key}{gone.search_key}{gone.order_key}".lower()
    assert (gone.birth_date, gone.email, gone.staff_code) == (None, "", "HD-0812")


def test_a_letter_known_by_its_code_loses_words_contact_and_consents():
    baove = officer()

    idea = sent_idea()
    assert IdeaContact.objects.filter(idea=idea).exists()
    request = sent(letter_code=codes.shown(idea.code), name="", email="")
    do("answer", request, baove, "Phường đã nhận.")
    carried_out(fresh(request), baove)
    left = Idea.objects.get(pk=idea.pk)
    assert not IdeaContact.objects.filter(idea=idea).exists()
    assert "đã xóa" in left.trouble
    assert standing(left.subject) == {}
    assert Consent.objects.filter(subject=left.subject).exists()


def test_another_person_s_data_is_not_touched():
    baove = officer()
    former()
    other = staff("HD-0900", "Người Khác", birth_date=date(1970, 1, 1), email="khac@thu.example")
    ServiceSpell.objects.filter(staff=other).update(end_before=date(2026, 1, 1))
    carried_out(in_person(sent(), baove), baove)
    kept = Staff.objects.get(pk=other.pk)
    assert (kept.full_name, kept.birth_date, kept.email) == (
        "Người Khác",
        date(1970, 1, 1),
        "khac@thu.example",
    )


def test_the_preview_changes_nothing_and_says_each_row():
    person, user = former()
    plan = erasing.plan_for(markers_person(person, user))
    again = erasing.plan_for(markers_person(person, user))
    assert plan.fingerprint == again.fingerprint
    assert Staff.objects.get(pk=person.pk).full_name == "Zqx8120 Văn Cựu"
    lines = {line.table: line for _holding, line in plan.lines}
    assert lines["people.Staff"].pseudonym == ("full_name", "name_key", "search_key", "order_key")
    assert all(shown.why for shown in erasing.shown(plan) if shown.stays)


def test_what_was_confirmed_is_what_is_done():
    baove = officer()
    person, _user = former()
    request = in_person(sent(), baove)
    plan = erasing.plan_for(identity.person_of(request))
    Leave.objects.create(staff=person, start_on=LONG_AGO, kind="Ốm")
    with pytest.raises(Refused) as refused:
        carried_out(request, baove, plan.fingerprint)
    assert refused.value.code == "plan_changed"
    assert Staff.objects.get(pk=person.pk).full_name == "Zqx8120 Văn Cựu"
    assert fresh(request).state == RequestState.IN_HAND


def test_an_erasure_that_fails_halfway_leaves_everything_as_it_was(monkeypatch):
    baove = officer()
    person, _user = former()
    request = in_person(sent(), baove)
    monkeypatch.setattr(erasing.handling, "settle_erased", _fail)
    with pytest.raises(RuntimeError):
        carried_out(request, baove)
    assert Staff.objects.get(pk=person.pk).full_name == "Zqx8120 Văn Cựu"
    assert not Erasure.objects.exists()


def _fail(*args):
    raise RuntimeError("halfway")


def test_the_log_of_an_erasure_holds_counts_and_columns_and_no_word_of_the_person():
    baove = officer()
    former()
    request = in_person(sent(name="Zqx8120 Gửi", email="zqx8120@thu.example"), baove)
    _plan, done = carried_out(request, baove)
    assert fresh(request).state == RequestState.DONE
    assert "zqx8120" not in str(done.lines).lower()
    assert {line["table"] for line in done.lines} >= {"people.Staff", "people.User"}
    assert AuditEvent.objects.filter(action="rights.erased", target_key=request.number).count() == 1


def test_without_proof_nothing_is_erased():
    baove, request = officer(), sent()
    do("answer", request, baove, "Phường đã nhận.")
    with pytest.raises(Refused) as refused:
        carried_out(fresh(request), baove)
    assert refused.value.code == "identity_first"


def test_a_difficulty_of_a_resident_loses_its_words():
    row = voices.sent(key="z", text="Zqx8120 vướng", name="Zqx8120 A", email="zqx8120@thu.example")
    baove = officer()
    request = sent(email="zqx8120@thu.example")
    identity.confirm_mailbox(request, NOW)
    do("answer", fresh(request), baove, "Phường đã nhận.")
    carried_out(fresh(request), baove)
    row.refresh_from_db()
    assert "Zqx8120" not in f"{row.text}{row.proposal}{row.place}"
