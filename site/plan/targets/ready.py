"""What the targets register when the app is ready."""

from django.utils.translation import pgettext_lazy

from obligations.duties import register_duties
from people.samples import add_loader

from ..samples.targets import load_targets
from ..tabs import Tab, add_tab
from . import duties, events, keeping  # noqa: F401  declared, and the clock's job

BOARD = "/ke-hoach/dieu-hanh/chi-tieu/"


def register():
    add_tab(Tab(10, BOARD, pgettext_lazy("plan", "Targets")))
    for provider in duties.PROVIDERS:
        register_duties(provider)
    add_loader(load_targets)
