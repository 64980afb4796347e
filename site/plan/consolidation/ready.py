"""What the consolidated report adds to the portal."""

from django.utils.translation import gettext_lazy as _

from config.states import add_states
from people.samples import add_loader

from ..samples.consolidation import load_consolidation
from ..tabs import Tab, add_tab
from . import (
    access,
    events,  # noqa: F401  (declared once)
    issuing,
)

WORK = "/ke-hoach/dieu-hanh/tong-hop/"


def register():
    add_tab(Tab(40, WORK, _("Consolidated report"), shown_to=access.may_read))
    issuing.register_kind()
    add_loader(load_consolidation)  # after the units' reports it is drawn from
    add_states(drafting=("", "edit"), issued=("ok", "lock"))
