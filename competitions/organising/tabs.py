"""The pages of one competition for its organisers, as tabs; what its kind does not need is not among them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Blueprint
from ..phases import PhaseCode


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    url: str


def tabs(competition):
    """[Tab] in the order of the work. Draw with templates/competitions/organising/_tabs.html."""
    root = f"/cuoc-thi/to-chuc/{competition.code}/"
    found = [Tab("manage", _("Overview"), root)]
    if competition.blueprint == Blueprint.FORUM:
        return found
    if competition.blueprint == Blueprint.QUIZ:
        found.append(Tab("questions", _("Questions of the quiz"), f"{root}cau-hoi/"))
    found.append(Tab("entries", pgettext("competition", "Entries"), f"{root}bai/"))
    if competition.window(PhaseCode.PRELIMINARY) or competition.window(PhaseCode.FINAL):
        found.append(Tab("judging", _("Judging"), f"{root}cham/"))
    if competition.window(PhaseCode.VOTE):
        found.append(Tab("voting", _("Public vote"), f"{root}binh-chon/"))
    return [*found, Tab("results", pgettext("competition", "Results"), f"{root}ket-qua/")]
