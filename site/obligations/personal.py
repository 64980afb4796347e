"""What the obligations keep about people: who announced a day off; what an account owes has keys alone."""

from django.utils.translation import gettext_lazy as _

from trust.holdings import STAYS, Holding, by, nobody, register_holdings
from trust.personal import ACT, RECORDS, TYPED


def register():
    register_holdings(
        Holding(
            "obligations.DayOff", RECORDS, {"recorded_by": STAYS, "withdrawn_by": STAYS}, nobody, why=TYPED
        ),
        Holding(
            "obligations.Obligation",
            RECORDS,
            {"owner": STAYS},
            by(owner="owner"),
            why=ACT,
            shown=("kind", "code", "due_on", "state", "created_at", "closed_at"),
            label=_("what is owed, by when"),
        ),
    )
