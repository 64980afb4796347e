"""The freezes of the years before, one of them amended for evidence that came in January."""

from training import coverage, freezing
from training.reference_data import DIGITAL_SKILLS

from .courses import read
from .desk import Step


def steps(desk):
    for told in read("sessions")["freezes"]:
        policy = coverage.policy_of(DIGITAL_SKILLS, desk.today.year + told["year"])
        yield Step(desk.moment(told["on"], 14), _freeze(desk, policy, told))


def _freeze(desk, policy, told):
    def take(moment):
        former = freezing.latest(policy.requirement, policy.year, told["label"])
        seen = former.version if former else 0
        try:
            freezing.freeze(
                policy, told["label"], desk.officer, moment, reason=told.get("reason", ""), seen=seen
            )
        except freezing.Refused as refused:
            # A crowd leaves the checklist open (people without a unit); its officer mends that first.
            if refused.code != "checklist":
                raise

    return take
