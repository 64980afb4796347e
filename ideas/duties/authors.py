"""What waits for authors."""

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext as _

from obligations.desk import branch, day, moment
from obligations.duties import Source, WorkItem, WorkSection

from ..authorship import CONFIRMABLE
from ..models import Author, Initiative, Round

_OWN = "ideas.own"
_WAITS = ("draft", "supplement_requested")


def _asks(desk):
    """Shares to confirm, supplements to hand in, drafts while a round is open."""
    own = Initiative.objects.written_by(desk.user).filter(state__in=CONFIRMABLE)
    mine = Author.objects.filter(initiative=OuterRef("pk"), is_main=False, confirmed_at=None)
    to_confirm = Exists(mine.filter(staff=desk.staff)) if desk.staff else Value(False)
    closing = Round.objects.open_at(desk.now).values("closes_at")[:1]
    yield branch(
        own.filter(Q(to_confirm) | Q(state__in=_WAITS)) if desk.staff else own.filter(state__in=_WAITS),
        _OWN,
        code="code",
        title="title",
        state="state",
        due="supplement_due_on",
        to_confirm=to_confirm,
        closing=Subquery(closing),
    )


def _tells(desk):
    yield WorkSection(_("My dossiers"), [_item(row) for row in desk.rows[_OWN]], 20)


def _item(row):
    common = {"title": row["title"] or row["code"], "code": row["code"]}
    address = f"/sang-kien/ho-so/{row['code']}/"
    if row["to_confirm"]:
        return WorkItem(
            **common, link=f"{address}xac-nhan/", action=_("Confirm my share"), kind="confirm_share"
        )
    if row["state"] == "supplement_requested":
        return WorkItem(
            **common,
            link=f"{address}sua/7/",
            due=day(row["due"]),
            action=_("Complete it"),
            kind="supplement",
        )
    return WorkItem(
        **common, link=f"{address}sua/1/", due=moment(row["closing"]), action=_("Go on"), kind="draft"
    )


of_authors = Source(_asks, _tells)
