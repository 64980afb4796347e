"""What the survey registers when the app is ready."""

from django.utils.translation import pgettext_lazy

from people.samples import add_loader

from ..samples import voices
from ..tabs import Tab, add_tab
from . import results


def register():
    results.register_figure()
    add_tab(Tab(65, "/ke-hoach/dieu-hanh/khao-sat/", pgettext_lazy("plan", "Satisfaction")))
    add_loader(voices.load)
