"""What the public page registers when the app is ready."""

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.states import add_states
from people.samples import add_loader
from portal import search, sitemap
from portal.registry import register_beside_plan, register_key_figure

from ..models import Target, Task
from ..samples.public import load_publication
from ..tabs import Tab, add_tab
from . import found, home, open_data, others, own_sections, publishing
from .sections import add_section

WORK = "/ke-hoach/dieu-hanh/cong-bo/"


def register():
    add_states(doing=("work", "edit"), dropped=("off", "x"))
    add_tab(Tab(90, WORK, pgettext_lazy("plan", "Publication"), shown_to=publishing.may_look))
    for order, provider in (
        (10, own_sections.summary),
        (20, own_sections.groups),
        (30, own_sections.tasks),
        (40, others.also),
        (50, others.money),
        (90, own_sections.rules),
    ):
        add_section(order, provider)
    register_key_figure(5, home.targets_reached)
    register_beside_plan(10, home.beside_the_plan)
    open_data.register()
    sitemap.register_addresses(found.addresses)
    search.register_source(search.Source(found.TARGET, _("Targets of the plan"), "flag", found.targets))
    search.register_source(search.Source(found.TASK, _("Tasks of the plan"), "list", found.tasks))
    post_save.connect(found.follow_target, sender=Target, dispatch_uid="search-plan-target")
    post_save.connect(found.follow_task, sender=Task, dispatch_uid="search-plan-task")
    add_loader(load_publication)
