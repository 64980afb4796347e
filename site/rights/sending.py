"""A request taken in: once, with its code, its days and its log, in one transaction."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from obligations.days_off import announced_days
from trust.consents import holders
from trust.letterbox import key_of_form, key_of_words

from . import clocks, codes, identity, log, owing, telling
from .models import Identity, RequestState, RightsNumber, RightsRequest

SERIES = "QDL"


@dataclass(frozen=True)
class Sent:
    """What a person sends; texts composed (NFC). `letter_code`: of an idea or difficulty they sent before."""

    kind: str
    text: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    letter_code: str = ""


def send(sent, stamp_key, *, user=None, is_sample=False, now=None):
    """(request, whether it is new): the same page sent twice is one request."""
    now = now or timezone.now()
    form_key = key_of_form(stamp_key, key_of_words(sent.kind, sent.text, sent.name, sent.email, sent.phone))
    try:
        with transaction.atomic():
            number = RightsNumber.take(SERIES, timezone.localdate(now).year)  # holds the lock of the year
            if earlier := RightsRequest.objects.filter(form_key=form_key).first():
                raise _SentAlready(earlier)
            return _take_in(number, sent, form_key, user, is_sample, now), True
    except _SentAlready as already:
        return already.request, False
    except IntegrityError:  # two clicks at the same moment
        earlier = RightsRequest.objects.filter(form_key=form_key).first()
        if earlier is None:
            raise
        return earlier, False


class _SentAlready(Exception):
    def __init__(self, request):
        self.request = request


def _take_in(number, sent, form_key, user, is_sample, now):
    received_on, announced = timezone.localdate(now), announced_days()
    request = RightsRequest(
        number=number,
        code=codes.new_code(),
        form_key=form_key,
        kind=sent.kind,
        text=sent.text,
        name=sent.name,
        email=sent.email,
        phone=sent.phone,
        user=user,
        letter=letter_key(sent.letter_code),
        state=RequestState.RECEIVED,
        state_since=now,
        received_at=now,
        first_answer_due_on=clocks.first_answer_due(received_on, announced),
        due_on=clocks.due(sent.kind, received_on, announced),
        is_sample=is_sample,
    )
    if user is not None:
        identity.prove(request, Identity.ACCOUNT, now)
    elif request.letter:
        identity.prove(request, Identity.LETTER, now)
    request.save(force_insert=True)
    log.write(request, "sent", now, user=user)
    owing.follow(request, now)
    telling.tell_sent(request)
    telling.write_to_sender(request, "received", now)
    if not request.identity:
        telling.ask_mailbox(request, now)
    return request


def letter_key(typed):
    """ "idea:12" for the tracking code of a letter the portal knows, "" for anything else."""
    for holder in holders():
        keys = holder.by_code(typed) if typed else None
        if keys:
            ((kind, values),) = keys.items()
            return f"{kind}:{next(iter(values))}"
    return ""
