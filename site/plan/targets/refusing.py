"""Saying no about targets: a stable code, the form field it belongs to, figures. The sentence is made when
a page is drawn."""

from django.utils.translation import gettext_lazy as _

from .. import refusing

SENTENCES = {
    # who
    "only_coordinator": _(
        "Only the plan's coordinator changes targets, their units and how they are counted."
    ),
    "target_is_computed": _(
        "The portal computes this target itself: nobody types its figures. See where they come from below."
    ),
    "unit_does_not_lead": _(
        "This unit does not lead the target. Only units that lead it report its figures; the coordinator can "
        "change who leads."
    ),
    "only_lead_reporters": _(
        "The figures of %(unit)s are typed by its reporter or its head, or by the plan's coordinator in "
        "their place."
    ),
    # when
    "year_in_future": _("%(year)s has not begun: there is nothing to report yet."),
    "year_outside": _("The plan speaks of %(first)s to %(last)s; %(start)s is where it starts from."),
    "day_in_future": _("%(day)s is still to come. Figures can be as of today (%(today)s) at the latest."),
    "day_outside_year": _("%(day)s is not in %(year)s. Type a day from %(first)s to %(last)s."),
    # what
    "numerator_missing": _("Type the number for: %(what)s."),
    "denominator_missing": _("Type the number it is out of: %(what)s. Type 0 if there was nothing to count."),
    "words_missing": _("Write in words what was done."),
    "met_missing": _("Say whether the target is reached."),
    "above_denominator": _(
        "%(numerator)s is more than %(denominator)s: a share cannot pass 100 %%. Check both numbers."
    ),
    "reason_missing": _(
        "A figure as of %(day)s stands already. Write why it is corrected; or type a later day if this is "
        "a newer "
        "figure."
    ),
    "reason_missing_accepted": _(
        "The report of %(year)s was accepted with the earlier figure. Write why it is corrected."
    ),
    "reason_missing_in_place": _("You type in the place of %(unit)s. Write why; they are told."),
    "value_same": _("This very figure stands already. Nothing was saved."),
    "value_not_latest": _("A newer figure stands meanwhile. Files are added to the newest one."),
    # coordinator
    "owners_changed": _("Somebody changed the units meanwhile. Look at what stands now, then decide again."),
    "no_number": _("This target has no number, so there is no number to expect."),
    "nothing_to_confirm": _("Everything is confirmed already."),
    "measure_is_computed": _(
        "The portal counts this target itself (%(what)s) and goes on doing so. Leave what is counted as it "
        "is; the goal, the indicator and the source may change."
    ),
    "nothing_chosen": _("No target is ticked. Tick what is to be confirmed, or go back."),
    "lead_missing": _("A target needs at least one unit that leads it."),
    "unit_twice": _("%(unit)s stands in the list already. Change its part there."),
    "owner_reason_missing": _("A confirmed unit would no longer lead. Write why; it is told."),
    "nothing_changed": _("Nothing is different from what stands. Nothing was saved."),
    "definition_changed": _(
        "%(name)s saved version %(version)s meanwhile. Read it, then decide again; what you typed stands "
        "below."
    ),
    "define_reason_missing": _(
        "Write why it is counted in another way: whoever reads an earlier figure wants to know."
    ),
    "in_force_before_last": _(
        "The definition before this one is in force from %(day)s. Type that day or a later one."
    ),
    "goal_missing": _("A target with a number needs a goal. Type it, or say that it has no number."),
    "comparator_missing": _("Say whether the goal is a least or a most."),
    "goal_over_100": _("A share cannot pass 100 %%. Type a goal from 0 to 100."),
    "numerator_words_missing": _("Write what is counted."),
    "denominator_words_missing": _("A percentage needs both: write what it is out of."),
    "measure_missing": _("Write in what it is measured, for example %% or classes."),
    "upper_below_goal": _("The upper bound is below the goal."),
}


class Refused(refusing.Refused):
    sentences = SENTENCES
