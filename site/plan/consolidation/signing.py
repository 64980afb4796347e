"""Who signs the ward's report: the head of the ward, or a deputy for the head (KT.)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from people.roles import Role, holders_of

from ..models import Signer
from .refusing import Refused
from .writing import lock, record

_ROLES = {Signer.HEAD: Role.HEAD, Signer.DEPUTY: Role.DEPUTY_HEAD}


@dataclass(frozen=True)
class Signing:
    """Who signs and as what; `key` names it in a form."""

    signed_as: str
    person: object

    @property
    def key(self):
        return f"{self.signed_as}:{self.person.pk}"

    @property
    def is_sample(self):
        staff = getattr(self.person, "staff", None)
        return bool(staff and staff.is_sample)


def candidates():
    """The head first, then the deputies, as they are today."""
    return [
        Signing(signed_as, person)
        for signed_as, role in _ROLES.items()
        for person in holders_of(role).select_related("staff")
    ]


def signing_of(report):
    """(name, whether a deputy signs, whether that is a sample): as chosen, otherwise the head of today."""
    if report.signer_name:
        chosen = Signing(report.signed_as, report.signer)
        return report.signer_name, report.signed_as == Signer.DEPUTY, chosen.is_sample
    head = next((one for one in candidates() if one.signed_as == Signer.HEAD), None)
    return (head.person.display_name, False, head.is_sample) if head else ("", False, False)


def key_of(report):
    """What the form is drawn with: who is chosen, otherwise the head."""
    if report.signer_id:
        return f"{report.signed_as}:{report.signer_id}"
    return next((one.key for one in candidates()), "")


def choose(user, report, key, now=None):
    """Raises `Refused` once the report is issued, and for whoever does not hold that office today."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(user, report)
        chosen = next((one for one in candidates() if one.key == key), None)
        if chosen is None:
            raise Refused("signer_unknown", "signer")
        name = chosen.person.display_name
        if (locked.signed_as, locked.signer_id, locked.signer_name) == (
            chosen.signed_as,
            chosen.person.pk,
            name,
        ):
            return locked
        locked.signed_as, locked.signer, locked.signer_name = chosen.signed_as, chosen.person, name
        locked.save(update_fields=["signed_as", "signer", "signer_name"])
        record(locked, "signer_chosen", user, now, signed_as=str(chosen.signed_as), name=name)
    return locked
