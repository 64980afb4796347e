"""Saying no about tasks: a stable code, the field it belongs to, what its sentence needs. The sentence is
made when a page is drawn."""

from django.utils.translation import gettext_lazy as _

from .. import refusing

SENTENCES = {
    # who
    "only_coordinator": _("The plan's coordinator does this."),
    "only_lead_unit": _(
        "The reporter or the head of the unit that carries out the task does this, or the plan's coordinator."
    ),
    "only_urging": _("The plan's coordinator or the head of the ward does this."),
    "only_own_comment": _("Only its writer takes a comment back."),
    "no_unit_yet": _("No unit has this task yet. The plan's coordinator assigns it first."),
    "in_place_reason_missing": _(
        "This is done in place of the unit: write why. The reason stays in the history."
    ),
    # the task
    "task_is_closed": _("The task is done or no longer needed. The plan's coordinator can open it again."),
    "task_is_open": _("The task is open; there is nothing to open again."),
    "task_changed": _(
        "Somebody else has changed this task since the page was opened. Compare, then send again."
    ),
    "reason_missing": _("Write the reason; it stays in the history."),
    "lead_missing": _("Choose at least one unit that leads."),
    "lead_and_co": _("%(unit)s is ticked twice. A unit leads or co-operates, not both."),
    "due_before_start": _("The due date %(due)s lies before the first day %(start)s."),
    # progress
    "percent_not_begun": _("A task that has not begun stands at 0 %%. Choose “under way”, or enter 0."),
    "percent_complete": _("100 %% means done. Choose “done”, or enter less than 100."),
    "progress_missing": _("Write what was done or what comes next."),
    "urge_unknown": _("This request was not found on this task."),
    # steps, files
    "too_many_steps": _("A task has at most %(most)s steps."),
    "step_changed": _("Somebody else has changed this step since the page was opened. Compare, then send."),
    "step_is_done": _("This step is done already."),
    "step_not_done": _("This step is not done."),
    "done_in_future": _("The day lies in the future. Enter the day it was done."),
    "too_many_files": _("A task holds at most %(most)s files. Remove one first."),
    # comments
    "comment_missing": _("Write the comment."),
    "comment_withdrawn": _("This comment was taken back already."),
    "mention_unknown": _("%(name)s cannot read this task and is not told."),
    # urging
    "urge_nothing_chosen": _("Tick at least one task."),
    "urge_too_many": _(
        "%(count)s tasks are chosen; at most %(most)s go at once. Untick %(over)s and send them afterwards."
    ),
    "urge_message_missing": _("Write what is asked for."),
    "urged_today": _(
        "Already sent today: %(codes)s. Write why it is sent once more, or take these tasks out."
    ),
    "urge_nobody": _(
        "Nobody reports for the units of %(codes)s: nobody would be told. Take these tasks out."
    ),
    # officials
    "officer_already": _("%(name)s is in charge already."),
    "officer_elsewhere": _("%(name)s works in none of the units of this task."),
    "officer_ended": _("This was ended already."),
    "officer_before": _("The last day lies before the first day %(start)s."),
    # money
    "line_changed": _("Somebody else has changed this line since the page was opened. Compare, then send."),
    "line_public": _(
        "This line is public. Take it back from the public page first; only its amounts and note can change."
    ),
    "line_same_public": _("These figures are public already."),
    "line_not_public": _("This line is not public."),
}
CONFLICTS = ("task_changed", "step_changed", "line_changed")


class Refused(refusing.Refused):
    sentences = SENTENCES
