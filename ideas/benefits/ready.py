"""What the results of initiatives register when the app is ready."""

from config.states import add_states
from obligations.duties import register_duties

from . import duties, owing


def register():
    add_states(entered=("work", "clock"), verified=("ok", "ok"))
    owing.register()
    for provider in duties.PROVIDERS:
        register_duties(provider)
