"""Taking an idea in: number, tracking code, consents, what is owed, who is told; one transaction."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from ideas import events
from ideas.models import Counter, Idea, IdeaContact
from ideas.refusing import Refused
from notifications.events import announce
from trust.consents import set_consents

from . import consents, guard, log, owing, telling
from .access import handlers
from .codes import new_code


@dataclass(frozen=True)
class Sent:
    """What a resident sends; texts composed (NFC). Name and address only with a consent that needs them."""

    trouble: str
    proposal: str
    place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    agreed: frozenset = field(default_factory=frozenset)

    @property
    def words_key(self):
        return guard.key_of_words(self.trouble, self.proposal)


class _SentAlready(Exception):
    def __init__(self, idea):
        self.idea = idea


def send(sent, stamp_key, *, is_sample=False, now=None):
    """(idea, whether it is new): the same page sent twice is one idea. Raises Refused for words another page
    has sent, as long as nobody threw them away."""
    now = now or timezone.now()
    form_key = guard.key_of_form(stamp_key, sent.words_key)
    try:
        with transaction.atomic():
            return _take_in(sent, form_key, is_sample, now), True
    except _SentAlready as already:
        return already.idea, False
    except IntegrityError:  # two clicks at the same moment
        earlier = Idea.objects.filter(form_key=form_key).first()
        if earlier is None:
            raise
        return earlier, False


def _take_in(sent, form_key, is_sample, now):
    today = timezone.localdate(now)
    number = f"YT-{today.year}-{settings.WARD_CODE}{Counter.take(f'idea:{today.year}'):02d}"  # holds the lock
    if earlier := Idea.objects.filter(form_key=form_key).first():
        raise _SentAlready(earlier)
    if Idea.objects.filter(text_key=sent.words_key).exclude(state="closed").exists():
        raise Refused("idea_sent_before", "proposal")
    idea = Idea.objects.create(
        number=number,
        code=new_code(),
        form_key=form_key,
        text_key=sent.words_key,
        trouble=sent.trouble,
        proposal=sent.proposal,
        place=sent.place,
        received_at=now,
        state_since=now,
        answer_due_on=owing.answer_due(today),
        is_sample=is_sample,
    )
    set_consents(idea.subject, sent.agreed, consents.ASKED, now)
    _keep_contact(idea, sent)
    log.write(idea, "received", now)
    owing.follow(idea, now)
    telling.write_to_sender(idea, "received", now)
    announce(events.IDEA_RECEIVED, handlers(today), subject=idea.number, link=idea.get_absolute_url())
    return idea


def _keep_contact(idea, sent):
    """Only what a consent needs: reaching the sender, or naming them."""
    may_reach, may_name = consents.CONTACT in sent.agreed, consents.CREDIT in sent.agreed
    name = sent.name if may_reach or may_name else ""
    email, phone = (sent.email, sent.phone) if may_reach else ("", "")
    if name or email or phone:
        IdeaContact.objects.create(idea=idea, name=name, email=email, phone=phone)
