"""What nearly every page asks about whoever opens it: brought along with the account, in its one query.

A fact stands over an account: roles, the second factor, a seat on the council. Apps to the right add theirs
in `AppConfig.ready`, above all what their entries of the menu depend on.
"""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db.models import Expression

_facts: dict[str, Callable[[], Expression]] = {}


def add_fact(name: str, expression: Callable[[], Expression]):
    """`expression()` is put into a query over accounts: `Exists(Seat….filter(staff__user=OuterRef("pk")))`.
    It may depend on the day, for seats begin and end, and on nothing shorter: the query is kept for a day."""
    _facts[name] = expression


def with_facts(people):
    """The accounts of a query, each with all facts."""
    return people.annotate(**{name: expression() for name, expression in _facts.items()})


def fact(user, name):
    """As it came with the account, else asked once per instance; None for whoever has no account."""
    if not getattr(user, "is_authenticated", False):
        return None
    if not hasattr(user, name):
        asked = get_user_model().objects.filter(pk=user.pk).annotate(**{name: _facts[name]()})
        setattr(user, name, asked.values_list(name, flat=True).first())
    return getattr(user, name)


def forget(user, *names):
    """After a change of what they say: asked anew."""
    for name in names:
        if hasattr(user, name):
            delattr(user, name)
