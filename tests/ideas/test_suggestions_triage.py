"""The ward's steps with an idea: who may, what follows, who is told, by when."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from ideas.models import Idea, IdeaEntry
from ideas.refusing import SENTENCES, Refused
from ideas.suggestions import codes, log, owing, triage
from ideas.suggestions.consents import PUBLISH
from notifications.models import Notification, OutboxMail
from obligations.duties import work_of
from obligations.models import Obligation
from obligations.reminding import remind_due
from obligations.stages import moment_of
from people.roles import Role

from . import builders
from . import suggestion_builders as ideas

pytestmark = pytest.mark.django_db
GIVEN = triage.Answered("will_do", "Phường sẽ làm.")


@pytest.fixture
def ward():
    ward = builders.make_ward()
    ward.users["dieuphoi"] = builders.make_user("dieuphoi", "Đinh Thị Điều", Role.PLAN_COORDINATOR)
    ward.users["truongphong"] = ideas.unit_head()
    ward.users["truongkhac"] = ideas.unit_head("truongkhac", "Lý Khác", ideas.unit("YTE", "Trạm Y tế"))
    return ward


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def seen(idea):
    return log.last_seen(idea)


def open_owner():
    row = Obligation.objects.open().get(kind=owing.ANSWER)
    return row.owner_kind, row.owner, row.due_on


WHO = {
    "thuky": {"assign", "answer", "close", "renew"},
    "dieuphoi": {"assign", "answer", "close", "renew"},
    "truongphong": set(),
    "truongkhac": set(),
    "chutich": set(),
    "hoidong1": set(),
    "lanhdao": set(),
    "tacgia": set(),
    "quantri": set(),
}


@pytest.mark.parametrize("state", ["received", "assigned", "answered", "closed"])
def test_who_may_take_which_step(ward, state):
    idea = {
        "received": lambda: ideas.sent(),
        "assigned": lambda: ideas.assigned(ward),
        "answered": lambda: ideas.answered(ward),
        "closed": lambda: triage.close(idea := ideas.sent(), ward.thuky, "spam", seen=seen(idea)),
    }[state]()
    for name, steps in WHO.items():
        may = {step for step in triage.STEPS if triage.refusal(step, idea, ward.users[name]) is None}
        wanted = set(steps)
        if state in ("answered", "closed"):
            wanted -= {"assign", "close"} | ({"answer"} if state == "closed" else set())
            wanted |= {"reopen"} & ({"reopen"} if steps else set())
        if state == "assigned" and name == "truongphong":
            wanted = {"answer"}
        assert may == wanted, (state, name)


def test_handing_over_moves_what_is_owed_to_the_unit_and_tells_its_head(ward):
    idea = ideas.sent()
    assert open_owner() == ("capacity", owing.HANDLER, idea.answer_due_on)
    idea = triage.assign(idea, ward.dieuphoi, ideas.unit(), seen=seen(idea))
    assert (idea.state, open_owner()) == ("assigned", ("unit", "KTHT", idea.answer_due_on))
    told = Notification.objects.filter(event="ideas.idea_assigned")
    assert [(n.recipient.username, n.subject) for n in told] == [("truongphong", idea.number)]
    assert ideas.PROPOSAL not in str(told.values())
    code = refused(lambda: triage.assign(idea, ward.thuky, ideas.unit(), seen=seen(idea)))
    assert code == "idea_with_that_unit"
    triage.assign(idea, ward.thuky, ideas.unit("YTE"), seen=seen(idea))
    assert open_owner()[:2] == ("unit", "YTE")


def test_it_stands_on_the_work_page_of_whoever_owes_it(ward):
    idea = ideas.sent()

    def works(name):
        with translation.override("en"):
            sections = work_of(ward.users[name])
        return [item.code for s in sections if s.heading == "Ideas of residents" for item in s.items]

    assert {name for name in WHO if works(name) == [idea.number]} == {"thuky", "dieuphoi"}
    triage.assign(idea, ward.thuky, ideas.unit(), seen=seen(idea))
    assert {name for name in WHO if works(name) == [idea.number]} == {"truongphong"}


def test_the_clock_reminds_the_handlers_then_the_head(ward):
    idea = ideas.sent()
    remind_due(moment_of(idea.answer_due_on - timedelta(days=7)))
    told = Notification.objects.filter(event="ideas.answer_idea_due")
    assert {n.recipient.username for n in told} == {"thuky", "dieuphoi"}
    triage.assign(idea, ward.thuky, ideas.unit(), seen=seen(idea))
    Notification.objects.all().delete()
    remind_due(moment_of(idea.answer_due_on + timedelta(days=1)))
    told = Notification.objects.filter(event="ideas.answer_idea_overdue")
    assert {n.recipient.username for n in told} == {"truongphong"}


def test_a_unit_without_a_head_falls_back_on_the_handlers(ward):
    idea = ideas.sent()
    triage.assign(idea, ward.thuky, ideas.unit("KCB", "Tổ dân phố 9"), seen=seen(idea))
    told = Notification.objects.filter(event="ideas.idea_assigned")
    assert {n.recipient.username for n in told} == {"thuky", "dieuphoi"}


def test_the_head_answers_and_the_sender_hears_the_code_alone(ward):
    idea = ideas.assigned(ward)
    OutboxMail.objects.all().delete()
    given = triage.Answered("will_do", "Phường sẽ gửi lịch.", True, ideas.PUBLIC_TITLE, ideas.PUBLIC_TEXT)
    idea = triage.answer(idea, ward.truongphong, given, seen=seen(idea))
    assert (idea.state, idea.is_public, idea.answered_for) == ("answered", True, ideas.unit().name)
    assert Obligation.objects.get(kind=owing.ANSWER, owner="KTHT").state == "done"
    mail = OutboxMail.objects.get(recipient=None)
    assert (mail.to, codes.shown(idea.code) in mail.body) == (ideas.EMAIL, True)
    assert [w for w in ("Phường sẽ gửi", ideas.PROPOSAL, ideas.NAME, ideas.PHONE) if w in mail.body] == []


def test_publishing_needs_the_senders_consent_and_the_wards_words(ward):
    idea = ideas.sent(agreed=ideas.ALL - {PUBLISH})
    given = triage.Answered("will_do", "Sẽ làm.", True, ideas.PUBLIC_TITLE, ideas.PUBLIC_TEXT)
    assert (
        refused(lambda: triage.answer(idea, ward.thuky, given, seen=seen(idea))) == "idea_publish_not_agreed"
    )
    other = ideas.sent(key="k2", proposal="Ý khác")
    bare = triage.Answered("will_do", "Sẽ làm.", True)
    assert (
        refused(lambda: triage.answer(other, ward.thuky, bare, seen=seen(other)))
        == "idea_public_words_missing"
    )
    assert set(Idea.objects.values_list("state", flat=True)) == {"received"}


def test_an_answer_put_right_keeps_both_lines_of_the_log(ward):
    idea = ideas.answered(ward, public=False)
    idea = triage.answer(idea, ward.thuky, triage.Answered("not_now", "Chưa làm được."), seen=seen(idea))
    assert (idea.outcome, idea.answer) == ("not_now", "Chưa làm được.")
    assert list(idea.entries.values_list("step", flat=True)) == ["received", "answered", "answered_again"]


def test_whoever_comes_second_changes_nothing(ward):
    idea = ideas.sent()
    before = seen(idea)
    triage.answer(idea, ward.thuky, GIVEN, seen=before)
    code = refused(lambda: triage.answer(idea, ward.dieuphoi, GIVEN, seen=before))
    assert (code, IdeaEntry.objects.filter(step="answered").count()) == ("idea_changed", 1)


def test_closing_says_why_and_cancels_what_was_owed(ward):
    first, second = ideas.sent(), ideas.sent(key="k2", proposal="Trùng ý")
    missing = lambda: triage.close(second, ward.thuky, "duplicate", seen=seen(second))  # noqa: E731
    assert refused(missing) == "idea_duplicate_missing"
    itself = lambda: triage.close(  # noqa: E731
        second, ward.thuky, "duplicate", duplicate_of=second, seen=seen(second)
    )
    assert refused(itself) == "idea_duplicate_of_itself"
    second = triage.close(second, ward.thuky, "duplicate", duplicate_of=first, seen=seen(second))
    assert (second.state, second.duplicate_of) == ("closed", first)
    assert Obligation.objects.get(subject=second.subject).state == "cancelled"
    again = triage.reopen(second, ward.thuky, "Không trùng", seen=seen(second))
    assert (again.state, again.duplicate_of, again.close_reason) == ("received", None, "")
    assert Obligation.objects.get(subject=second.subject).due_on == second.answer_due_on


def test_reopening_takes_a_published_idea_off_the_list(ward):
    idea = ideas.answered(ward)
    assert refused(lambda: triage.reopen(idea, ward.thuky, " ", seen=seen(idea))) == "idea_reason_missing"
    triage.reopen(idea, ward.thuky, "Trả lời nhầm", seen=seen(idea))
    assert Idea.objects.published().count() == 0


def test_a_new_code_makes_the_old_one_void(ward):
    idea = ideas.sent()
    OutboxMail.objects.all().delete()
    renewed = triage.renew(idea, ward.thuky, "Người gửi làm mất phiếu", seen=seen(idea))
    assert renewed.code != idea.code
    assert codes.shown(renewed.code) in OutboxMail.objects.get(recipient=None).body
    assert idea.code not in str(list(IdeaEntry.objects.values()))


def test_every_reason_has_words_in_both_languages():
    for code, sentence in SENTENCES.items():
        for language in ("vi", "en"):
            with translation.override(language):
                assert str(sentence), code


def test_the_log_cannot_be_rewritten(ward):
    ideas.sent()
    with pytest.raises(TypeError):
        IdeaEntry.objects.update(reason="khác")
    assert timezone.localdate()
