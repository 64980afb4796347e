"""What the units' reports register when the app is ready."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import pgettext_lazy

from config.states import add_states
from obligations.yearly import yearly
from people.samples import add_loader

from ..samples.reports import load_reports
from ..tabs import Tab, add_tab
from . import calendar, owing

WORK = "/ke-hoach/dieu-hanh/bao-cao/"


def register():
    if not 0 <= settings.PLAN_REPORT_CUT_OFF_DAYS <= 90:
        raise ImproperlyConfigured("PLAN_REPORT_CUT_OFF_DAYS: 0 to 90 days")
    add_states(
        excused=("off", "minus"), not_begun=("", "clock"), writing=("", "edit"), overdue=("bad", "clock")
    )
    owing.register()
    yearly("plan.reports")(calendar.debts)
    add_tab(Tab(30, WORK, pgettext_lazy("plan", "Reports")))
    add_loader(load_reports)
