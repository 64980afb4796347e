"""What a competition needs before the public reads it, and every way it could go out."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from competitions import publishing
from competitions.models import CompetitionPage, Judge
from competitions.organising import editing, sending
from competitions.organising.refusals import ActRefused
from competitions.publishing import NotReady, what_is_missing
from notifications.models import Notification
from people.roles import Role
from portal.events import APPROVED, RETURNED, WAITS
from tests.competitions import builders, quiz_builders
from tests.competitions import organising_builders as o
from tests.html import assert_sound
from tests.ideas.builders import make_user
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]


KINDS = ("ideas", "photos", "quiz", "forum")


def make_world():
    """An organiser, and of each kind a competition of theirs that lacks nothing."""
    user = o.organiser()
    whole = {kind: o.complete(user, kind) for kind in KINDS}
    quiz_builders.bank(whole["quiz"], 20)
    return user, whole


standing_world = standing(make_world)


@pytest.fixture
def user(standing_world):
    return deepcopy(standing_world[0])


@pytest.fixture
def whole(standing_world):
    """{kind: a competition that lacks nothing}."""
    return deepcopy(standing_world[1])


@pytest.fixture
def page(whole):
    return whole["ideas"]


def missing(page):
    return [lack.pair for lack in what_is_missing(page)]


def row(**values):
    return lambda page: CompetitionPage.objects.filter(pk=page.pk).update(**values)


def article(code):
    def change(page):
        from competitions.blueprints import rules_of

        page.rules = rules_of(
            (b.value["code"], b.value["heading"], "" if b.value["code"] == code else b.value["text"])
            for b in page.rules
        )
        page.save()

    return change


def text(**values):
    def change(page):
        for name, value in values.items():
            setattr(page, name, value)
        page.save()

    return change


FAVOURITE, JURY = ("favourite_without_vote", "prizes"), ("judges_few", "jury")
COMPLETENESS = [
    ("ideas", text(summary=" "), [("summary_missing", "texts")]),
    ("ideas", text(contact_name=""), [("contact_missing", "texts")]),
    ("ideas", text(contact_email="", contact_phone=""), [("contact_missing", "texts")]),
    ("ideas", text(contact_email="", contact_phone="0225 000 000"), []),
    ("ideas", article("doi-tuong"), [("article_missing", "rules")]),
    ("ideas", article("khieu-nai"), [("article_missing", "rules")]),
    ("ideas", article("kinh-phi"), []),
    ("ideas", row(words_most=0, files_most=0), [("entry_is_empty", "entrance")]),
    ("ideas", row(words_most=0), []),
    ("ideas", row(finalists=0), [("finalists_missing", "entrance")]),
    ("photos", row(finalists=0), []),
    ("ideas", lambda p: p.phases.filter(code="final").delete(), [("phase_missing", "phases")]),
    ("ideas", lambda p: o.moved(p, closes=30 * o.DAY), [("phase_faulty", "phases")]),
    ("quiz", lambda p: o.moved(p, -60 * o.DAY, -60 * o.DAY), [("first_phase_over", "phases")]),
    ("ideas", lambda p: p.prizes.all().delete(), [("prizes_missing", "prizes")]),
    ("ideas", lambda p: p.prizes.filter(order=3).update(kind="favourite"), [FAVOURITE]),
    ("ideas", lambda p: p.prizes.update(kind="favourite"), [("prizes_missing", "prizes"), FAVOURITE]),
    ("ideas", row(vote_share=10), [("share_without_vote", "vote_share")]),
    ("ideas", lambda p: Judge.objects.filter(pk=p.judges.first().pk).delete(), [JURY]),
    ("ideas", row(judges_each=4), [("judges_few", "jury")]),
    ("ideas", row(rubric=None), [("rubric_missing", "entrance")]),
    ("quiz", row(minutes=0), [("quiz_size_missing", "entrance")]),
    ("quiz", lambda p: p.questions.first().delete(), [("too_few_questions", "questions")]),
    ("quiz", lambda p: p.questions.first().choices.all().delete(), [("question_incomplete", "questions")]),
    ("forum", row(place=" "), [("place_missing", "entrance")]),
    ("forum", lambda p: p.phases.all().delete(), [("phase_missing", "phases")]),
]


@pytest.mark.parametrize("kind", KINDS)
def test_made_from_a_blueprint_it_lacks_only_what_people_add(user, whole, kind):
    page = o.made(user, kind)
    assert (
        missing(page)
        == {
            "ideas": [("judges_few", "jury")],
            "photos": [("judges_few", "jury")],
            "quiz": [("too_few_questions", "questions")],
            "forum": [("place_missing", "entrance")],
        }[kind]
    )
    assert missing(whole[kind]) == []


@pytest.mark.parametrize(("kind", "change", "found"), COMPLETENESS)
def test_each_thing_that_is_missing_is_named_with_where_to_mend_it(whole, kind, change, found):
    page = whole[kind]
    change(page)
    page = o.fresh(page)
    assert missing(page) == found
    for _code, where in found:
        assert where in publishing.lacks_by_part(page)


def test_every_lack_is_worded():
    from competitions.organising import words

    for code in words._LACKS:
        lack = publishing.Lack(
            code, "x", {"heading": "H", "phase": "entry", "count": 1, "needed": 3, "number": 2}
        )
        assert "%" not in words.lack(lack)


def test_the_meter_costs_the_same_for_many_judges(page, user):
    counted = []
    for _twice in range(2):
        with CaptureQueriesContext(connection) as queries:
            what_is_missing(o.fresh(page))
        counted.append(len(queries))
        o.with_jury(page, 10)
    assert counted[0] == counted[1] <= 8


# ---- sending


def test_sending_what_is_incomplete_says_what_and_starts_nothing(user):
    page = o.made(user)
    with pytest.raises(NotReady) as refused:
        sending.send_for_approval(page, user)
    assert [lack.pair for lack in refused.value.lacks] == [("judges_few", "jury")]
    assert o.fresh(page).current_workflow_state is None


def test_sent_it_waits_publishers_are_told_and_an_approval_publishes(page, user, client):
    publisher, page = o.publisher(), o.sent(page, user)
    notice = Notification.objects.get(event=WAITS.code)
    assert (notice.recipient, notice.link) == (publisher, f"/quan-tri/pages/{page.pk}/edit/")
    assert page.changes.filter(act="sent_for_approval", user=user).count() == 1
    assert client.get(f"/cuoc-thi/{page.slug}/").status_code == 404
    page.current_workflow_state.current_task_state.approve(user=publisher)
    page = o.fresh(page)
    assert page.live and page.is_out
    assert client.get(f"/cuoc-thi/{page.slug}/").status_code == 200
    told = Notification.objects.get(event=APPROVED.code)
    assert (told.recipient, told.link) == (user, f"/cuoc-thi/to-chuc/{page.code}/")
    assert page.changes.filter(act="announced").count() == 1


def test_other_organisers_hear_of_the_publication(page, user):
    from competitions.organising import team

    other = o.organiser("tochuc2")
    team.let_organise(page, other)
    page = o.sent(page, user)
    page.current_workflow_state.current_task_state.approve(user=o.publisher())
    told = Notification.objects.filter(event="competitions.announced").values_list("recipient", flat=True)
    assert list(told) == [other.pk]


def test_while_it_waits_nothing_changes_until_it_is_taken_back(page, user):
    page = o.sent(page, user)
    seen = editing.seen_texts(page)
    acts = [
        lambda: editing.save_texts(page, user, {"summary": "Khác"}, seen=seen),
        lambda: editing.save_rules(page, user, {"muc-dich": "Khác"}, seen=seen),
        lambda: editing.save_facts(page, user, {"min_age": 18}, seen=0),
        lambda: editing.save_prizes(page, user, [], seen=0),
        lambda: editing.save_phases(page, user, o.windows(), seen=0),
        lambda: sending.send_for_approval(page, user),
    ]
    for act in acts:
        with pytest.raises(ActRefused) as refused:
            act()
        assert refused.value.code == "waits_for_approval"
    sending.take_back(page, user)
    page = editing.save_texts(page, user, {"summary": "Khác"}, seen=seen)
    assert page.summary == "Khác" and o.sent(page, user).current_workflow_state is not None


def test_what_came_back_is_read_changed_and_sent_again(page, user, client):
    publisher, page = o.publisher(), o.sent(page, user)
    page.current_workflow_state.current_task_state.reject(user=publisher, comment="Thiếu chủ đề.")
    assert Notification.objects.get(event=RETURNED.code).link == f"/cuoc-thi/to-chuc/{page.code}/"
    client.force_login(user)
    html = client.get(f"/cuoc-thi/to-chuc/{page.code}/").content.decode()
    assert_sound(html)
    assert "Thiếu chủ đề." in html
    page = editing.save_texts(
        o.fresh(page), user, {"summary": "Có chủ đề."}, seen=editing.seen_texts(o.fresh(page))
    )
    page = o.sent(page, user)
    assert page.workflow_states.count() == 1
    page.current_workflow_state.current_task_state.approve(user=publisher)
    assert o.fresh(page).live and o.fresh(page).summary == "Có chủ đề."


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda page, user: o.sent(page, user), "waits_for_approval"),
        (lambda page, user: Page.objects.filter(pk=page.pk).update(locked=True), "locked_by_publisher"),
        (lambda page, user: page.get_latest_revision().publish(), "nothing_to_send"),
    ],
)
def test_sending_is_refused(page, user, prepare, code):
    prepare(page, user)
    with pytest.raises(ActRefused) as refused:
        sending.send_for_approval(page, user)
    assert refused.value.code == code


def test_somebody_elses_competition_is_neither_sent_nor_taken_back(page, user):
    other = o.organiser("tochuc2")
    for act in (sending.send_for_approval, sending.take_back):
        with pytest.raises(ActRefused) as refused:
            act(page, other)
        assert refused.value.code == "only_organiser"
    with pytest.raises(ActRefused) as refused:
        sending.take_back(page, user)
    assert refused.value.code == "not_waiting"


# ---- Wagtail's own ways


@pytest.fixture
def editor(client):
    client.force_login(o.publisher())
    return client


def edit_fields(page):
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "rules-count": "0",
        "documents-count": "0",
        "contact_name": page.contact_name,
        "contact_email": page.contact_email,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_publish_button_of_the_editor_says_what_is_missing(page, user, editor):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(address).status_code == 200
    response = editor.post(address, edit_fields(page) | {"action-publish": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == address
    assert "Mục đích, yêu cầu" in messages_of(response)
    assert not o.fresh(page).live


def test_a_future_hour_is_refused_just_the_same(page, user, editor):
    later = f"{timezone.localtime() + o.DAY:%d/%m/%Y %H:%M}"
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = editor.post(
        address, edit_fields(page) | {"go_live_at": later, "action-publish": "1"}, follow=True
    )
    assert "Mục đích, yêu cầu" in messages_of(response)
    assert o.fresh(page).get_latest_revision().approved_go_live_at is None


def test_an_approval_of_what_became_incomplete_publishes_nothing(page, user, editor):
    page = o.sent(page, user)
    page.judges.update(ended_at=timezone.now())
    task = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    response = editor.post(address, {"comment": ""}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not o.fresh(page).live and o.fresh(page).current_workflow_state is not None
    response = editor.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 409


def test_publishing_many_at_once_leaves_the_incomplete_out(user, editor):
    page = o.made(user)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{address}?id={page.pk}", follow=True)
    assert not o.fresh(page).live


def test_code_cannot_publish_it_either(user):
    page = o.made(user)
    with pytest.raises(NotReady):
        page.get_latest_revision().publish()
    page = o.fresh(page)
    page.live = True
    with pytest.raises(NotReady):
        page.save()
    assert not o.fresh(page).live


def test_an_hour_that_has_come_publishes_the_complete_and_holds_back_the_other(user):
    whole, broken = o.complete(user), o.complete(o.organiser("khac"))
    for page in (broken, whole):
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        revision = o.fresh(page).get_latest_revision()
        revision.approved_go_live_at = timezone.now() - o.MINUTE
        content = dict(revision.content)
        content["go_live_at"] = (timezone.now() - o.MINUTE).isoformat()
        revision.content = content
        revision.save()
    broken.judges.update(ended_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    whole, broken = o.fresh(whole), o.fresh(broken)
    assert (whole.live, broken.live) == (True, False)
    assert broken.get_latest_revision().approved_go_live_at is None
    assert broken.changes.get(act="not_published").details == {"missing": ["judges_few"]}
    told = Notification.objects.filter(event="competitions.not_published")
    assert [notice.recipient.username for notice in told] == ["khac"]


def test_one_whose_first_phase_is_over_does_not_go_out_but_a_new_text_does(user):
    page = o.published(user)
    o.moved(page, -100 * o.DAY, -100 * o.DAY)
    page = editing.save_texts(
        o.fresh(page), user, {"summary": "Bản mới."}, seen=editing.seen_texts(o.fresh(page))
    )
    assert page.summary != "Bản mới."
    page.get_latest_revision().publish()
    assert o.fresh(page).summary == "Bản mới."
    late = o.complete(o.organiser("khac"))
    o.moved(late, -100 * o.DAY, -100 * o.DAY)
    with pytest.raises(NotReady):
        late.get_latest_revision().publish()


def test_no_revision_brings_back_facts(page, user):
    old = page.get_latest_revision()
    page = editing.save_facts(page, user, {"min_age": 18, "who": "staff"}, seen=0)
    assert page.get_latest_revision_as_object().min_age == 18
    old.publish()
    assert (o.fresh(page).min_age, o.fresh(page).who) == (18, "staff")


def test_a_competition_is_neither_deleted_moved_copied_nor_made_in_the_editor(user, editor):
    page = o.published(user)
    builders.handed_in(o.moved(page, -20 * o.DAY), now=timezone.now())
    index = page.get_parent()
    for name in ("delete", "move", "copy"):
        for found in (page, index):
            response = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[found.pk]), follow=True)
            assert response.status_code in (200, 302) and o.fresh(page)
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert o.fresh(page)
    response = editor.get(
        reverse("wagtailadmin_pages:add", args=["competitions", "competitionpage", index.pk])
    )
    assert response.status_code == 302


def test_why_it_stays_is_said_to_whoever_may_delete(user, client):
    from people.models import User

    client.force_login(User.objects.create_superuser("goc", "", "x"))
    page = o.published(user)
    home = page.get_parent().get_parent()
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk])
    for address in (delete, move):
        assert "nhật ký" in messages_of(client.get(address, follow=True))
    builders.handed_in(o.moved(page, -20 * o.DAY), now=timezone.now())
    for address in (delete, move):
        assert "bài dự thi" in messages_of(client.post(address, follow=True))
    assert client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 302
    for act in ("delete", "move"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        client.post(f"{bulk}?id={page.pk}", {"chooser": home.pk}, follow=True)
    assert o.fresh(page).get_parent().get_parent() == home


def test_an_address_of_ours_is_refused_as_a_slug(user):
    from django.core.exceptions import ValidationError

    page = o.made(user)
    page.slug = "to-chuc"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_organisers_and_judges_do_not_enter_the_editor(page, user, client):
    for person in (user, make_user("gk", "", Role.JUDGE)):
        client.force_login(person)
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code in (302, 403)
