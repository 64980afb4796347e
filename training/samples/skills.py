"""Levels positions need, and what some people think of themselves; evidence comes from the sessions."""

from people.models import Position
from training.competency import assessments, targets

from .courses import read


def set_up(desk):
    told = read("sessions")
    areas = [area.pk for area in targets.areas()]
    positions = {position.name: position.pk for position in Position.objects.all()}
    wanted = {
        (positions[name], area): level
        for name, levels in told["targets"].items()
        for area, level in zip(areas, levels, strict=True)
    }
    targets.change(desk.officer, wanted)
    moment = desk.moment(30)
    for number, levels in told["assessments"].items():
        own = dict(zip(areas, levels, strict=True))
        assessments.assess(desk.people[int(number)].user, own, now=moment)
