"""The words of every reason code: what stands in the way, who can act, until when (design §4).

Codes are stable and logic knows only them; the sentence is made when a page is drawn.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.numbers import format_decimal

from .lifecycle import State

_SENTENCES = {
    # who
    "only_main_author": gettext_lazy("Only the main author can do this."),
    "only_secretary": gettext_lazy("Only the council's secretary can do this."),
    "only_chair": gettext_lazy("Only whoever presides over the council can do this."),
    "only_head": gettext_lazy("Only the head of the ward can do this."),
    "only_clock": gettext_lazy("The portal does this by itself when the term is over."),
    # state
    "wrong_state": gettext_lazy("This step does not follow where the dossier stands now: %(state)s."),
    # submitting
    "no_open_round": gettext_lazy("No review round is open. A draft stays kept until one opens."),
    "form_incomplete": gettext_lazy("The form still lacks %(count)s items."),
    "no_main_author": gettext_lazy("Name the main author."),
    "shares_not_100": gettext_lazy("The shares add up to %(total)s %%. They must make 100,00 %%."),
    "shares_unconfirmed": gettext_lazy("Not confirmed their share yet: %(names)s."),
    "first_use_in_future": gettext_lazy(
        "First used on %(first_use)s, which is after the day of filing. Submit once it is in use."
    ),
    "first_use_too_old": gettext_lazy(
        "First used on %(first_use)s; the last day to file was %(last_day)s, one year later."
    ),
    "paper_scan_missing": gettext_lazy("Attach the scan of the signed paper application."),
    "receipt_date_missing": gettext_lazy("Enter the day the signed paper was received."),
    "receipt_date_only_for_paper": gettext_lazy("A day of receipt is entered for paper dossiers only."),
    "date_in_future": gettext_lazy("The date lies in the future. Enter today or an earlier day."),
    # formality
    "supplement_too_late": gettext_lazy("The term to complete ended on %(due)s."),
    "supplement_still_in_time": gettext_lazy("The term to complete is still running."),
    "checklist_open": gettext_lazy("The checklist has %(count)s items left."),
    "late_reason_missing": gettext_lazy("The month to check ended on %(due)s. Write why it took longer."),
    # scoring
    "no_rubric": gettext_lazy("The round has no rubric."),
    "no_council": gettext_lazy("No council is appointed for today."),
    "appoint_alternates": gettext_lazy(
        "Only %(eligible)s seats can score and %(needed)s are needed. Appoint alternates first."
    ),
    "sheets_short": gettext_lazy("%(submitted)s sheets are in, %(needed)s are needed."),
    "sheets_open": gettext_lazy("Some sheets are still open."),
    "already_voted": gettext_lazy("The council has already voted on it."),
    "completion_not_asked": gettext_lazy(
        "Neither the score nor the council's conclusion asks for completion."
    ),
    # deciding
    "not_met_yet": gettext_lazy("The council has not voted on it yet."),
    "meeting_not_closed": gettext_lazy("The council's meeting is not closed yet."),
    "no_quorum": gettext_lazy("The meeting lacked a quorum: %(needed)s of %(seats)s seats are needed."),
    "votes_short": gettext_lazy("%(votes)s of %(seats)s seats agreed; %(needed)s are needed."),
    "superior_approval_missing": gettext_lazy(
        "The head is an author and public money was used: attach the superior body's approval first."
    ),
    "no_accepted_complaint": gettext_lazy("There is no accepted complaint about this."),
    # leaving and joining
    "main_author_still_here": gettext_lazy("The main author still serves and can act."),
    "merge_consent_missing": gettext_lazy("Attach all authors' consent to the merger first."),
    # what the actor brings
    "reason_missing": gettext_lazy("Write the reason."),
    "public_reason_missing": gettext_lazy("Write the reason; the author will read it."),
    "reason_against_vote_missing": gettext_lazy(
        "Two thirds of the seats agreed. Write the head's own reason for deciding otherwise."
    ),
    "due_date_missing": gettext_lazy("Enter the day until when it is to be completed."),
    "due_date_in_past": gettext_lazy("The day lies in the past. Enter today or a later day."),
    "decision_number_missing": gettext_lazy("Enter the number of the signed decision."),
    "decision_date_missing": gettext_lazy("Enter the date of the signed decision."),
    "decision_before_meeting": gettext_lazy(
        "The decision is dated before the council met on %(met_on)s. Check the date."
    ),
    "decision_file_missing": gettext_lazy("Choose the signed decision as a PDF."),
    "new_main_author_missing": gettext_lazy("Choose the co-author who takes over."),
    "surviving_missing": gettext_lazy("Enter the code of the dossier that goes on."),
    "surviving_not_alive": gettext_lazy("%(code)s is not under way. Choose another dossier."),
    # complaints
    "only_author": gettext_lazy("Only an author of the dossier, or the secretary for them, can do this."),
    "complaint_nothing_decided": gettext_lazy(
        "A complaint is about a refusal, a decision not to recognise or a revocation. There is none."
    ),
    "complaint_already_open": gettext_lazy("A complaint about this is already open."),
    "complaint_already_settled": gettext_lazy("The complaint about this was settled on %(day)s."),
    "complaint_too_late": gettext_lazy(
        "The last day to complain was %(last_day)s, 90 days after the decision."
    ),
    "complaint_before_decision": gettext_lazy("The decision was told on %(day)s. Check the date."),
    "complainant_missing": gettext_lazy("Choose the author who complains."),
    "complaint_text_missing": gettext_lazy("Write what the complaint says."),
    "complaint_already_taken_up": gettext_lazy("The complaint was taken up on %(day)s."),
    "complaint_not_taken_up": gettext_lazy("Take the complaint up first."),
    "complaint_outcome_missing": gettext_lazy("Choose whether the complaint is accepted."),
    "complaint_answer_missing": gettext_lazy("Write the answer; the author will read it."),
    # sheets
    "not_your_sheet": gettext_lazy("This sheet belongs to another member."),
    "in_conflict": gettext_lazy("You are an author of this dossier or declared a conflict of interest."),
    "conflict_not_declared": gettext_lazy(
        "Say first whether a conflict of interest connects you with this dossier."
    ),
    "sheet_on_paper": gettext_lazy(
        "This sheet is being entered from paper. The secretary can put the paper aside."
    ),
    "only_keyers": gettext_lazy(
        "Paper sheets are entered by a records clerk and by the council's secretary."
    ),
    "own_paper_sheet": gettext_lazy("One's own paper sheet is entered by others. Fill it in online instead."),
    "own_sheet_first": gettext_lazy(
        "Send your own sheet on this dossier first; then paper sheets can be entered."
    ),
    "paper_keyed_already": gettext_lazy(
        "This paper was keyed in this role already. A second person in the other role keys it once more."
    ),
    "paper_not_in_hand": gettext_lazy("This paper is entered already, or was put aside."),
    "scan_missing": gettext_lazy("Attach the scan of the filled-in paper."),
    "points_out_of_range": gettext_lazy("“%(name)s”: the points lie outside the range or between two steps."),
    "nothing_to_compare": gettext_lazy("There are no two keyings to compare yet."),
    "lead_not_scoring": gettext_lazy("%(code)s: only a member who scores it can present it."),
    "lead_wrote": gettext_lazy("%(code)s: %(names)s has written a comment already and keeps it."),
    "lead_wrote_since": gettext_lazy("A comment was written since; the assignment stands."),
    "leads_closed": gettext_lazy(
        "Scoring of one of these dossiers is closed, or another person keeps it now."
    ),
    "not_the_last": gettext_lazy("Only the last assignment of a round is taken back."),
    "no_open_sheet": gettext_lazy("No sheet of this dossier is open."),
    "no_seat": gettext_lazy("You hold no seat of this council today."),
    "scoring_closed": gettext_lazy("Scoring of this dossier is closed."),
    "sheet_given_up": gettext_lazy("This sheet was given up; somebody else fills the seat."),
    "sheet_already_sent": gettext_lazy("This sheet was sent. Only the chair can reopen it."),
    "sheet_not_sent": gettext_lazy("Only a sent sheet can be reopened, and only while scoring runs."),
    "sheet_incomplete": gettext_lazy("Not scored yet: %(names)s."),
    "alternate_not_eligible": gettext_lazy("This alternate cannot score this dossier. Choose another."),
    "seat_already_filled": gettext_lazy("Somebody already fills this seat."),
    # meetings
    "only_keeper": gettext_lazy(
        "Only the council's secretary can do this; where the secretary is absent or concerned, "
        "whoever presides."
    ),
    "only_officers": gettext_lazy("Only the chair, the vice chair or the secretary takes the roll."),
    "meeting_not_planned": gettext_lazy("The meeting has begun; its time and place stay as they are."),
    "meeting_not_open": gettext_lazy("The meeting is not in session."),
    "meeting_closed": gettext_lazy("The meeting is closed."),
    "meeting_other_day": gettext_lazy(
        "The meeting is set for %(day)s. Open it that day, or change the date first."
    ),
    "meeting_in_past": gettext_lazy("The day lies in the past. Enter today or a later day."),
    "meeting_outside_term": gettext_lazy("The council's term does not include that day."),
    "agenda_empty": gettext_lazy("Nothing is on the agenda yet."),
    "agenda_not_free": gettext_lazy(
        "No longer free for this agenda: %(codes)s. It was voted on, is on another agenda or left scoring."
    ),
    "nobody_presides": gettext_lazy("Neither the chair nor the vice chair can preside over this."),
    "quorum_missing": gettext_lazy(
        "%(present)s of %(seats)s seats are present; %(needed)s are needed to vote."
    ),
    "items_open": gettext_lazy("No result is recorded yet for item %(numbers)s."),
    "conclusion_text_missing": gettext_lazy("Write the conclusion; it goes into the minutes."),
    "conclusion_missing": gettext_lazy("Choose what the council concludes."),
    "vote_not_open": gettext_lazy("This item is voted on by secret ballot; seats are not noted."),
    "vote_not_secret": gettext_lazy("This item is voted on openly; enter the votes by seat."),
    "vote_not_theirs": gettext_lazy(
        "A vote was entered for a seat that cannot vote on this item. Check the roll."
    ),
    "votes_none": gettext_lazy("Nobody has voted yet."),
    "votes_enough": gettext_lazy(
        "%(votes)s of %(seats)s seats agreed and %(needed)s are needed: the council proposes recognition "
        "or asks for completion."
    ),
    "ballots_none": gettext_lazy("Enter how many ballots were issued."),
    "ballots_issued_over": gettext_lazy(
        "%(issued)s ballots issued, but only %(able)s seats can vote on this item."
    ),
    "ballots_returned_over": gettext_lazy(
        "%(returned)s ballots returned is more than the %(issued)s issued."
    ),
    "ballots_valid_sum": gettext_lazy(
        "Valid %(valid)s and invalid %(invalid)s make %(sum)s, not the %(returned)s returned."
    ),
    # papers
    "only_paper_officers": gettext_lazy(
        "Only the council's secretary, the chair, or the vice chair who presides draws this paper up."
    ),
    "only_keepers_take": gettext_lazy("The package is taken by the council's secretary or the chair."),
    "city_below_mark": gettext_lazy("Its points do not reach the city's mark."),
    "city_batch_closed": gettext_lazy("The submission paper has its number: this batch stands as it is."),
    "city_nothing_chosen": gettext_lazy("No recognised initiative is chosen."),
    "paper_city_closed": gettext_lazy(
        "Not open to you, because of a conflict or another council's term: %(codes)s. "
        "Another officer does it."
    ),
    "city_file_altered": gettext_lazy(
        "A kept file is missing or no longer what it was: %(name)s. Tell the administrator."
    ),
    "city_too_large": gettext_lazy(
        "The package would be too large. Send the initiatives in several batches."
    ),
    "only_readers": gettext_lazy(
        "The register is for the council's chair, vice chair and secretary and for whoever decides."
    ),
    "only_keepers": gettext_lazy(
        "Its number and date are entered by the council's secretary or the chair, who keep the register."
    ),
    "paper_concerned": gettext_lazy(
        "You are an author of an initiative on the agenda or in conflict of interest: "
        "another officer of the council draws this paper up."
    ),
    "paper_no_secret_ballot": gettext_lazy("No secret ballot is recorded in this meeting."),
    "paper_result_missing": gettext_lazy("Scoring is not closed yet: %(codes)s."),
    "paper_by_decision": gettext_lazy("Number, date and signed file are entered with the decision itself."),
    "paper_number_bad": gettext_lazy("Enter the number as on the paper, for example %(example)s."),
    "paper_number_missing": gettext_lazy("Enter the number of the signed paper."),
    "paper_number_taken": gettext_lazy(
        "Another paper has the number %(number)s. Look at the signed paper again."
    ),
    "paper_date_missing": gettext_lazy("Enter the date of the signed paper."),
    "paper_too_early": gettext_lazy("The date lies before %(day)s, the day of what the paper is about."),
    "counters_missing": gettext_lazy("Name the ballot counters first."),
    "counters_leader_missing": gettext_lazy("Choose who leads the counting."),
    "counters_absent": gettext_lazy("Only who is present by the roll counts ballots."),
    "counters_few": gettext_lazy("At least %(count)s people count the ballots."),
    "counters_concerned": gettext_lazy(
        "%(names)s may not count: an author of %(code)s or in conflict of interest with it."
    ),
    "counters_fixed": gettext_lazy("A ballot is recorded; its counters stand."),
    "ballots_for_sum": gettext_lazy(
        "For %(for)s and against %(against)s make %(sum)s, not the %(valid)s valid."
    ),
}

WHO = {
    "author": gettext_lazy("author"),
    "main_author": gettext_lazy("main author"),
    "co_author": gettext_lazy("co-author"),
    "records_clerk": gettext_lazy("records clerk"),
    "secretary": gettext_lazy("council secretary"),
    "chair": gettext_lazy("whoever presides over the council"),
    "member": gettext_lazy("council member"),
    "assigned_member": gettext_lazy("assigned member"),
    "paper_keyer": gettext_lazy("records clerk and council secretary"),
    "head": gettext_lazy("head of the ward"),
    "deputy_head": gettext_lazy("deputy with a delegation"),
    "clock": gettext_lazy("the portal's clock"),
    "unit_head": gettext_lazy("head of the unit"),
}


def sentence(answer):
    """The reason of an `Answer` in the reader's language; empty where the step is allowed."""
    if answer.allowed:
        return ""
    return str(_SENTENCES[answer.reason]) % {key: _shown(key, value) for key, value in answer.params.items()}


def words_of(code):
    """The lazy sentence of a reason code without figures, for a form that asks the same thing."""
    return _SENTENCES[code]


def who_can(answer):
    return _(" or ").join(str(WHO[code]) for code in answer.who)


def _shown(key, value):
    if key == "state":
        return str(State(value).label)
    if hasattr(value, "isoformat"):
        return date_format(value, "SHORT_DATE_FORMAT")
    if key in ("total", "lacking"):
        return format_decimal(value, 2)
    return value
