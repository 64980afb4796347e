"""Publication in one step: prizes, certificates, notices and the public page, all or nothing; and a prize
taken back afterwards."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers import certificates as papers
from papers.certificates import CertificateData
from papers.documents.issuers import DEPUTY_AUTHORITY, HEAD_AUTHORITY
from papers.kinds import CertificateKind, add_kind
from papers.models import Certificate
from people.roles import Role, has_role
from portal.stamp import raise_stamp

from .. import acts, events
from ..judging.handing_out import locked_competition
from ..models import Award, AwardCertificate, Entry, Participation, ResultState, Signer
from ..moves import Answer, Refused
from ..telling import tell_many
from .access import organises
from .checking import still_true
from .drafting import kept, payload_in

KIND = add_kind(
    CertificateKind(
        code="competition",
        label=_("Certificate of a prize"),
        template="certificate_competition.typ",
        number_format="{number:02d}/GCN-CT",
        title_label=_("Prize"),
    )
)
AUTHORITY = {Signer.HEAD: HEAD_AUTHORITY, Signer.DEPUTY: DEPUTY_AUTHORITY}
_WHO = ("organiser", "publisher")


# ---- publishing


def may_publish(competition, result_list, user, now):
    if not (organises(user, competition) or has_role(user, Role.PUBLISHER)):
        return _no("publish", "only_checkers")
    if result_list is None:
        return _no("publish", "no_draft")
    if result_list.state == ResultState.PUBLISHED:
        return _no("publish", "results_are_out")
    if result_list.state != ResultState.CHECKED:
        return _no("publish", "not_checked")
    return still_true(competition, result_list, now)


def publish(competition, user, *, seen, number, on, signed_as, signer_name, now=None):
    """The checked results with the hash `seen` go out, with the number and date of the decision. Raises
    `Refused`; pressed twice, the second finds them out."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        result_list = kept(competition)
        _require(may_publish(competition, result_list, user, now))
        if result_list.sha256 != seen:
            raise Refused(_no("publish", "drafted_meanwhile"))
        result_list.state, result_list.published_at = ResultState.PUBLISHED, now
        result_list.published_by_name = user.display_name[:120]
        result_list.decision_number, result_list.decision_on = number, on
        result_list.signed_as, result_list.signer_name = signed_as, signer_name
        result_list.save()
        people = _people(competition)
        awards = _award(competition, result_list)
        issued = _certify(competition, result_list, awards, people)
        acts.log(
            competition,
            "published",
            user,
            now=now,
            sha256=result_list.sha256,
            decision=number,
            awards=len(awards),
            certificates=issued,
        )
        raise_stamp()
        _tell(competition, awards, people, now)
    return result_list


def _people(competition):
    """{entry pk: its participants, the leader first} of everything that takes part."""
    rows = Participation.objects.filter(
        entry__in=Entry.objects.counted().filter(competition=competition), ended_at__isnull=True
    )
    people = {}
    for place in rows.select_related("participant__user", "entry").order_by("role", "joined_at", "pk"):
        people.setdefault(place.entry_id, []).append(place.participant)
    return people


def _award(competition, result_list):
    given = [prize for prize in payload_in(result_list)["prizes"] if prize["entry"]]
    codes = [prize["entry"] for prize in given]
    entries = {entry.code: entry for entry in competition.entries.filter(code__in=codes)}
    prizes = {prize.pk: prize for prize in competition.prizes.all()}
    return Award.objects.bulk_create(
        Award(
            result_list=result_list,
            prize=prizes[prize["prize"]],
            entry=entries[prize["entry"]],
            reason=prize["reason"],
        )
        for prize in given
    )


def _certify(competition, result_list, awards, people):
    """One certificate for each person of a winning entry; how many."""
    holders = [(award, person) for award in awards for person in people.get(award.entry_id, [])]
    described = [
        certificate_data(competition, result_list, award, person, people[award.entry_id])
        for award, person in holders
    ]
    made = papers.issue_many(KIND.code, described)
    AwardCertificate.objects.bulk_create(
        AwardCertificate(award=award, participant=person, certificate=paper)
        for (award, person), paper in zip(holders, made, strict=True)
    )
    return len(made)


def certificate_data(competition, result_list, award, person, team):
    """What the certificate says, in Vietnamese: `summary` the prize, `position` the competition, `benefit`
    the entry's title; as its title the verification page shows prize and competition. No birth date, no
    address."""
    return CertificateData(
        holder_name=person.full_name or award.entry.code,
        title=f"{award.prize.name}, {competition.title}",
        position=competition.title,
        summary=award.prize.name,
        benefit=award.entry.title,
        co_authors=tuple(other.full_name for other in team if other.pk != person.pk),
        decision_number=result_list.decision_number,
        decision_on=result_list.decision_on,
        issued_on=result_list.decision_on,
        signing_authority=AUTHORITY[result_list.signed_as],
        signer_name=result_list.signer_name,
        is_sample=competition.is_sample,
    )


def _tell(competition, awards, people, now):
    """Winners hear of their prize, everybody else that the results are out: once each."""
    won = {award.entry_id: award.entry for award in awards}
    page = f"/cuoc-thi/{competition.slug}/"
    told = [
        (events.AWARDED, persons, won[key].get_absolute_url(), won[key].code, (f"entry-{key}",), {})
        if key in won
        else (events.RESULTS_OUT, persons, page, competition.code, (f"entry-{key}",), {})
        for key, persons in people.items()
    ]
    tell_many(told, now=now)


# ---- a prize taken back


def may_withdraw(award, user, *, reason=None):
    competition = award.result_list.competition
    if not organises(user, competition):
        return _no("withdraw_award", "only_organiser")
    if award.withdrawn_at:
        return _no("withdraw_award", "already_withdrawn")
    if reason is not None and not reason.strip():
        return _no("withdraw_award", "reason_missing", field="reason")
    return Answer("withdraw_award", True, who=("organiser",))


def withdraw_award(award, user, reason, *, now=None):
    """After publication: the prize is taken back with a reason, its certificates are revoked and say so.
    Nobody moves up by it. Raises `Refused`."""
    with transaction.atomic():
        competition = locked_competition(award.result_list.competition)
        now = now or timezone.now()
        award = Award.objects.select_related("result_list__competition", "entry", "prize").get(pk=award.pk)
        _require(may_withdraw(award, user, reason=reason))
        reason = reason.strip()
        award.withdrawn_at, award.withdrawn_reason = now, reason
        award.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        held = list(award.certificates.select_related("participant__user", "certificate"))
        for row in held:
            if row.certificate.state == Certificate.State.VALID:
                papers.revoke(row.certificate, reason)
        details = {"entry": award.entry.code, "prize": award.prize.name}
        acts.log(competition, "award_withdrawn", user, reason=reason, now=now, **details)
        raise_stamp()
        entry = award.entry
        people = [row.participant for row in held]
        keys = (f"entry-{entry.pk}",)
        told = (events.AWARD_WITHDRAWN, people, entry.get_absolute_url(), entry.code, keys, {})
        tell_many([told], now=now)
    return award


def _require(answer):
    if not answer.allowed:
        raise Refused(answer)


def _no(act, reason, params=None, field=""):
    return Answer(act, False, reason, params or {}, who=_WHO, field=field)
