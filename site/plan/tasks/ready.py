"""What the tasks register when the app is ready."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.states import add_states
from obligations.duties import register_duties
from people.extracts import register_extract_of_many
from people.samples import add_loader
from plan.samples.tasks import load_tasks
from plan.tabs import Tab, add_tab

from . import duties, events, officers, owing

__all__ = ["events", "register"]


def register():
    add_states(doing=("work", "edit"), dropped=("off", "x"))
    owing.register()
    register_duties(duties.of_coordinators)
    register_duties(duties.of_officers)
    register_extract_of_many(officers.CODE, officers.HEADING, officers.tasks_led)
    add_tab(Tab(20, "/ke-hoach/dieu-hanh/nhiem-vu/", pgettext_lazy("plan", "Tasks")))
    add_tab(Tab(25, "/ke-hoach/dieu-hanh/kinh-phi/", _("Funds")))
    add_loader(load_tasks)
