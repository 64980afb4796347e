"""The register of processing (sổ theo dõi hoạt động xử lý dữ liệu cá nhân): what the portal does with data of
people, of whom, for what, on which basis, who reads it, how long it is kept (Luật 91/2025/QH15 Đ.4.1, Đ.19).

Each app registers its activities and, beside them, its tables (`trust.holdings`) in `AppConfig.ready`. The
public page, the officer's register and its workbook are drawn from here alone.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Basis(models.TextChoices):
    """Why it may be processed. `DUTY`: work of a state body under the law, no consent needed (Đ.19.1.c)."""

    DUTY = "duty", pgettext_lazy("legal basis", "public duty under the law")
    CONSENT = "consent", pgettext_lazy("legal basis", "consent of the person")


@dataclass(frozen=True)
class Activity:
    """One activity. `law`: the provisions it rests on; `is_sensitive`: data of NĐ 356/2025 Đ.4 is in it."""

    code: str
    name: str | Promise
    whose: str | Promise
    data: str | Promise
    purpose: str | Promise
    basis: Basis
    law: str | Promise
    readers: str | Promise
    kept: str | Promise
    is_sensitive: bool = False


_activities: dict[str, Activity] = {}


def register_activity(activity: Activity) -> Activity:
    """Adds an activity; call it in `AppConfig.ready`. Raises ValueError for a code used twice."""
    if _activities.setdefault(activity.code, activity) != activity:
        raise ValueError(f"Two activities are called {activity.code}")
    return activity


def activities() -> list[Activity]:
    """All of them, in the order of the apps."""
    return list(_activities.values())


def activity_of(code) -> Activity:
    """The activity, or KeyError for one no app has registered."""
    return _activities[code]
