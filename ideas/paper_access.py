"""Who meets which paper sheet: clerks all that are to be keyed, the secretary those of the council."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.roles import Role, has_role

from .access import may_read_sheet, offices_of
from .capacities import SECRETARY, acting_capacity
from .evaluation import can_correct, can_score, own_keying
from .lifecycle import State
from .models import Author, Initiative, PaperSheet
from .moves import Actor, Answer, Move

NOT_A_KEYER = Answer("score", False, "only_keyers", who=("paper_keyer",))
ONLY_SECRETARY = Answer("score", False, "only_secretary", who=("secretary",))
MOST_LISTED = 100


def may_key_papers(user):
    """Whether the pages of paper sheets are for this person at all."""
    return has_role(user, Role.RECORDS_CLERK) or offices_of(user).exists()


def papers_of(user):
    """The papers this person may open by their code: a clerk any but of their own dossiers, an officer
    those of the council's dossiers they follow. Whether it can be keyed is another question (`can_score`)."""
    papers = PaperSheet.objects.filter(dropped_at__isnull=True)
    if not user.is_authenticated or not user.is_active:
        return papers.none()
    if has_role(user, Role.RECORDS_CLERK):
        own = Author.objects.filter(initiative=OuterRef("sheet__initiative"), staff__user=user)
        return papers.filter(~Exists(own))
    mine = Initiative.objects.on_board_of(user).values("pk")
    return papers.filter(sheet__initiative__in=mine)


def paper_of(user, code):
    """One of `papers_of`, loaded with sheet, dossier and keyings; None for any other. An officer who does
    not keep the dossier finds nothing."""
    found = _loaded(papers_of(user).filter(code=code))
    if found is None:
        return None
    if has_role(user, Role.RECORDS_CLERK) or keeps(user, found.sheet.initiative, timezone.now()):
        return found
    return None


def any_paper(code):
    """A paper by its code, whoever asks: for questions about the scan, which ask for themselves."""
    return _loaded(PaperSheet.objects.filter(code=code))


def _loaded(papers):
    papers = papers.select_related("sheet__seat", "sheet__staff__user", "sheet__version")
    found = papers.prefetch_related("keyings").first()
    if found is not None:
        found.sheet.initiative = Initiative.objects.for_workflow().get(pk=found.sheet.initiative_id)
    return found


def keeps(user, initiative, now):
    """Whether this person does the secretary's work on the dossier."""
    return acting_capacity((SECRETARY,), initiative, Move("keep", Actor.of(user), now)) is not None


def may_see_scan(user, paper):
    """Before the paper is entered: whoever keys it. Afterwards: whoever may read the sheet itself."""
    if not user.is_authenticated or not user.is_active:
        return False
    if may_read_sheet(user, paper.sheet):
        return True
    if paper.settled_at or paper.dropped_at:
        return False
    keyed = own_keying(user, paper) is not None and _still_keyer(user, paper)
    return keyed or can_score(user, paper.sheet, from_paper=paper).allowed


def _still_keyer(user, paper):
    """Whoever keyed it looks at it again, while the paper can still be entered by them."""
    return can_correct(user, paper).allowed or len(paper.keyings.all()) == 1


@dataclass(frozen=True)
class Waiting:
    """A paper in hand as the list shows it: how many have keyed it, never what."""

    paper: PaperSheet
    keyed: int
    own: bool

    @property
    def differs(self):
        return self.keyed == 2


def waiting_for(user):
    """Papers in hand of dossiers being scored, for whoever keys: two queries more whatever their number."""
    papers = (
        papers_of(user)
        .in_hand()
        .filter(sheet__initiative__state=State.EVALUATING, sheet__state__in=("todo", "draft"))
        .select_related("sheet__seat", "sheet__staff", "sheet__initiative")
        .prefetch_related("keyings")
        .order_by("sheet__initiative__code", "sheet__seat__number")
    )
    found = []
    for paper in papers[:MOST_LISTED]:
        keyings = list(paper.keyings.all())
        found.append(Waiting(paper, len(keyings), any(k.user_id == user.pk for k in keyings)))
    return found
