"""A resident's letter: taken once, with code, consents and log, in one transaction."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from trust.consents import set_consents

from ..models import Difficulty, DifficultyContact, DifficultyNumber, Origin
from . import consents, guard, telling
from .codes import new_code
from .raising import take_in
from .refusing import Refused


@dataclass(frozen=True)
class Sent:
    """What a resident sends; texts composed (NFC). Name and address only with a consent that needs them."""

    text: str
    proposal: str = ""
    place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    agreed: frozenset = field(default_factory=frozenset)

    @property
    def words_key(self):
        return guard.key_of_words(self.text, self.proposal)


def send(sent, stamp_key, *, is_sample=False, now=None):
    """(difficulty, whether it is new): the same page sent twice is one letter. Raises Refused for words that
    are being handled already."""
    now = now or timezone.now()
    form_key = guard.key_of_form(stamp_key, sent.words_key)
    try:
        with transaction.atomic():
            number = DifficultyNumber.take(timezone.localdate(now).year)  # holds the lock of the year
            if earlier := Difficulty.objects.filter(form_key=form_key).first():
                raise _SentAlready(earlier)
            return _take_in(number, sent, form_key, is_sample, now), True
    except _SentAlready as already:
        return already.difficulty, False
    except IntegrityError:  # two clicks at the same moment
        earlier = Difficulty.objects.filter(form_key=form_key).first()
        if earlier is None:
            raise
        return earlier, False


class _SentAlready(Exception):
    def __init__(self, difficulty):
        self.difficulty = difficulty


def _take_in(number, sent, form_key, is_sample, now):
    if Difficulty.objects.filter(text_key=sent.words_key).exclude(state="closed").exists():
        raise Refused("sent_before", "text")
    difficulty = take_in(
        now,
        number=number,
        origin=Origin.RESIDENT,
        code=new_code(),
        form_key=form_key,
        text_key=sent.words_key,
        text=sent.text,
        proposal=sent.proposal,
        place=sent.place,
        is_sample=is_sample,
    )
    set_consents(difficulty.subject, sent.agreed, consents.ASKED, now)
    _keep_contact(difficulty, sent)
    telling.write_to_sender(difficulty, "received", now)
    return difficulty


def _keep_contact(difficulty, sent):
    """Only what a consent needs: reaching the sender, or naming them."""
    may_reach, may_name = consents.CONTACT in sent.agreed, consents.NAME in sent.agreed
    name = sent.name if may_reach or may_name else ""
    email, phone = (sent.email, sent.phone) if may_reach else ("", "")
    if name or email or phone:
        DifficultyContact.objects.create(difficulty=difficulty, name=name, email=email, phone=phone)
