"""What goes to the city's council: recognised initiatives at or over the mark of their round's rubric
(Hải Phòng: 85), chosen by whoever keeps the dossier, together in batches.

A batch is what one submission paper is about. While its paper has no number, initiatives are chosen and taken
out again; with the number it is closed, and the next one chosen begins another batch.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from papers.models import OfficePaper
from papers.office import paper_about

from ..capacities import SECRETARY, acting_capacity
from ..history import record
from ..lifecycle import State
from ..models import CitySending, Initiative, Round
from ..moves import Actor, Answer, Move, Refused
from ..papers.city_submission import city_submission
from ..papers.kinds import CITY_SUBMISSION
from ..papers.loading import head_signature
from ..papers.offers import Offer
from ..papers.registering import enter
from .asking import Asked, rows
from .lines import Lines, city_subject
from .outcome import RECOGNISED
from .reading import may_keep, may_read


@dataclass(frozen=True)
class Batch:
    """The initiatives of one submission paper. `paper` is None until it has its number."""

    round: Round
    number: int
    codes: tuple[str, ...]
    paper: object = None

    @property
    def is_open(self):
        return self.paper is None

    @property
    def address(self):
        return f"/sang-kien/so-theo-doi/thanh-pho/{address_of(self.round)}/{self.number}/"


def address_of(round_):
    return f"{round_.year}-{round_.number}"


def rounds():
    """Rounds in which something may go, or went, to the city; the latest first."""
    eligible = rows(Asked(outcome=RECOGNISED)).filter(result_for_city=True).order_by()
    return Round.objects.filter(
        Q(pk__in=eligible.values("round")) | Q(city_sendings__isnull=False)
    ).select_related("rubric").distinct()  # fmt: skip


def eligible(round_):
    """Recognised dossiers of a round at or over its mark, as rows of the register."""
    return rows(Asked(outcome=RECOGNISED)).filter(round=round_, result_for_city=True)


def batches(round_):
    """The round's batches in their order; the codes in them whatever became of the dossiers."""
    prefix = city_subject(round_.year, round_.number, "")
    papers = OfficePaper.objects.filter(kind=CITY_SUBMISSION.code, subject__startswith=prefix)
    registered = {paper.subject: paper for paper in papers}
    chosen = {}
    sendings = CitySending.objects.filter(round=round_).order_by("batch", "initiative__code")
    for number, code in sendings.values_list("batch", "initiative__code"):
        chosen.setdefault(number, []).append(code)
    return [
        Batch(round_, number, tuple(codes), registered.get(f"{prefix}{number}"))
        for number, codes in chosen.items()
    ]


def _open_number(round_):
    """The batch what is chosen now goes with. Under the round's lock."""
    prefix = city_subject(round_.year, round_.number, "")
    return 1 + OfficePaper.objects.filter(kind=CITY_SUBMISSION.code, subject__startswith=prefix).count()


# ---- choosing


def may_be_chosen_by(user, codes):
    """Those of these dossiers whose choice is this person's; a constant number of queries."""
    move = Move("city_chosen", Actor.of(user), timezone.now())
    found = Initiative.objects.for_workflow().filter(code__in=codes)
    return {one.code for one in found if may_choose(one, move).allowed}


def may_choose(initiative, move):
    """`Answer`: whoever keeps a recognised dossier at or over the mark. `initiative` of `for_workflow()`."""
    answer = Answer("city_chosen", False, who=(SECRETARY.code,))
    if acting_capacity((SECRETARY,), initiative, move) is None:
        return _because(answer, "only_secretary")
    if initiative.state != State.RECOGNISED:
        return _because(answer, "wrong_state", {"state": initiative.state})
    result = initiative.current_result
    if result is None or not result.for_city:
        return _because(answer, "city_below_mark")
    return Answer("city_chosen", True, who=answer.who, acting_as=SECRETARY.code)


def _because(answer, reason, params=None):
    return Answer(answer.transition, False, reason, params or {}, who=answer.who)


def choose(user, code, *, now=None):
    """The dossier goes with the round's open batch; chosen already, nothing happens. Raises Refused."""
    with transaction.atomic():
        initiative, answer, now = _locked(user, code, now)
        sending, is_new = CitySending.objects.get_or_create(
            initiative=initiative,
            defaults={
                "round": initiative.round,
                "batch": _open_number(initiative.round),
                "chosen_at": now,
                "chosen_by_name": Actor.of(user).name,
            },
        )
        if is_new:
            record(initiative, "city_chosen", Actor.of(user), answer.acting_as, now)
    return sending


def take_out(user, code, *, now=None):
    """Out of its batch again, while that is open. Raises Refused."""
    with transaction.atomic():
        initiative, answer, now = _locked(user, code, now, also_when_revoked=True)
        sending = CitySending.objects.filter(initiative=initiative).first()
        if sending is None:
            return
        round_ = initiative.round
        if paper_about(CITY_SUBMISSION.code, city_subject(round_.year, round_.number, sending.batch)):
            raise Refused(_because(answer, "city_batch_closed"), initiative)
        sending.delete()
        record(initiative, "city_unchosen", Actor.of(user), SECRETARY.code, now)


def _locked(user, code, now, *, also_when_revoked=False):
    """The dossier with its round locked first, as registering the batch's paper does."""
    now = now or timezone.now()
    round_id = Initiative.objects.filter(code=code).values_list("round_id", flat=True).first()
    if round_id is None:
        raise Initiative.DoesNotExist(code)
    Round.objects.select_for_update().get(pk=round_id)
    initiative = Initiative.objects.select_for_update(of=("self",)).for_workflow().get(code=code)
    answer = may_choose(initiative, Move("city_chosen", Actor.of(user), now))
    if not answer.allowed and not (also_when_revoked and answer.reason == "wrong_state"):
        raise Refused(answer, initiative)
    return initiative, answer, now


# ---- the submission paper


def submission_offer(user, batch):
    """Tờ trình about a batch, as this person may handle it: who stands aside from one of its dossiers draws
    nothing, since the list holds points and votes."""
    answer = may_draw(user, batch)
    return Offer(
        kind=CITY_SUBMISSION,
        subject=city_subject(batch.round.year, batch.round.number, batch.number),
        address=f"{batch.address}to-trinh",
        answer=answer,
        registers=answer if may_keep(user) or not answer.allowed else _paper_answer("only_keepers"),
        document=lambda: city_submission(lines_of(user, batch), batch, head_signature()),
        paper=batch.paper,
        number=batch.paper.number if batch.paper else "",
        issued_on=batch.paper.issued_on if batch.paper else None,
    )


def may_draw(user, batch):
    """`Answer` for the papers of a batch: a reader of the register to whom every dossier in it is open."""
    if not may_read(user):
        return _paper_answer("only_readers")
    if not going(batch):
        return _paper_answer("city_nothing_chosen")
    mine = (
        Initiative.objects.confidential_to(user).filter(code__in=batch.codes).values_list("code", flat=True)
    )
    closed = sorted(set(batch.codes) - set(mine))
    return _paper_answer("paper_city_closed", {"codes": ", ".join(closed)}) if closed else _paper_answer()


def _paper_answer(reason="", params=None):
    return Answer("paper", not reason, reason, params or {}, who=("secretary", "chair"))


def going(batch):
    """Codes of a batch that are still recognised: what was revoked meanwhile stays behind."""
    found = Initiative.objects.filter(code__in=batch.codes, state=State.RECOGNISED).order_by("code")
    return list(found.values_list("code", flat=True))


def lines_of(user, batch):
    """Lines of the register of what goes with a batch."""
    return Lines(user).of(rows(Asked()).filter(code__in=going(batch)))


def register_submission(user, round_, batch, *, now=None, **typed):
    """The registered paper, which closes its batch. Raises Refused, PaperRefused and PaperChanged."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update().get(pk=round_.pk)
        return enter(user, submission_offer(user, batch_of(round_, batch)), typed, now)


def batch_of(round_, number):
    """A batch with something in it, or None."""
    return next((batch for batch in batches(round_) if batch.number == number), None)
