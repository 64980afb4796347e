"""What the results of initiatives register when the app is ready."""

from config.states import add_states
from obligations.duties import register_duties

from . import duties, owing, plan_figures


def register():
    add_states(entered=("work", "clock"), verified=("ok", "ok"))
    owing.register()
    plan_figures.add_figures()
    for provider in duties.PROVIDERS:
        register_duties(provider)
