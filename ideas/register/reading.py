"""Who reads the register and which dossiers stand in it: all that were received, whatever became of them.

It is the ward's book, kept from one council to the next. So whoever leads the council today and whoever
decides read all its lines, those of dossiers they stand aside from included: a book with gaps would not add
up. What a conflict closes, points and votes, stays closed line by line (`lines`); and a line opens the
dossier itself only to whoever may open it.
"""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import containing
from people.roles import Role, has_role

from ..access import offices_of
from ..lifecycle import State
from ..models import Initiative, SeatRole

KEEPING_SEATS = (SeatRole.SECRETARY, SeatRole.CHAIR)


def may_read(user):
    """The council's officers in term, the head of the ward, a deputy with a delegation in force."""
    if not user.is_authenticated or not user.is_active:
        return False
    if has_role(user, Role.HEAD) or offices_of(user).exists():
        return True
    staff = getattr(user, "staff", None)
    if staff is None or not has_role(user, Role.DEPUTY_HEAD):
        return False
    return staff.delegations.filter(containing(timezone.localdate())).exists()


def may_keep(user):
    """Whoever enters numbers of its papers: the secretary, or the chair."""
    return offices_of(user).filter(role__in=KEEPING_SEATS).exists()


def may_write(user):
    """Whether lines are usually this person's to write into: the secretary's. Each dossier is asked again."""
    return offices_of(user).filter(role=SeatRole.SECRETARY).exists()


def require_reader(user):
    if not may_read(user):
        raise PermissionDenied(
            _("The register is for the council's chair, vice chair and secretary and for whoever decides.")
        )


def require_keeper(user):
    require_reader(user)
    if not may_keep(user):
        raise PermissionDenied(_("The register is kept by the council's secretary, or the chair."))


def received():
    """Every dossier that was received, in the order of receipt."""
    rows = Initiative.objects.filter(received_on__isnull=False, submitted_at__isnull=False)
    return rows.exclude(state=State.DRAFT).order_by("received_on", "receipt_number", "pk")
