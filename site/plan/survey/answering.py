"""Taking one answer: without address, account, cookie or exact time. A page counts once, however often its
button is pressed.

What a page carries is signed, so that answers come from pages of ours without any cookie; it never grows too
old: a kiosk stands open over night. How many come from one connection is counted in the cache alone, under a
salted hash (`trust.limits`).
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from trust.letterbox import LetterBox, key_of_form
from trust.limits import WrongTries

from ..models import SurveyAnswer, SurveyComment, Way
from .refusing import Refused

# A phone answers for one person; a kiosk for everybody who passes, and so may the network of an office.
# Whoever has read a poster can guess the address of its kiosk: only the one the work area shows, with the
# kiosk's own key, has the larger number.
LIMITS = {
    Way.QR: WrongTries("survey-qr", most=20, seconds=3600),
    Way.KIOSK: WrongTries("survey-kiosk", most=240, seconds=3600),
}
WRONG_CODES = WrongTries("survey-code", most=30, seconds=600)
_PAGES = LetterBox("plan.survey", LIMITS[Way.QR])
LONGEST_COMMENT = 1000


def kiosk_key(point):
    """What the address of this point's kiosk carries; it stands on no poster."""
    return salted_hmac("plan.survey.kiosk", point.code, algorithm="sha256").hexdigest()[:16]


def limit_of(point, way, key):
    is_kiosk = way == Way.KIOSK and constant_time_compare(key, kiosk_key(point))
    return LIMITS[Way.KIOSK if is_kiosk else Way.QR]


def new_stamp():
    return _PAGES.new_stamp()


def page_of(stamp):
    """The key of the page that carries this stamp; None where it is not ours."""
    return _PAGES.read_stamp(stamp)[0]


def hour_of(moment):
    """All that is kept of the time."""
    return timezone.localtime(moment).replace(minute=0, second=0, microsecond=0)


def take(point, way, stamp, *, level, service_field="", comment="", now=None):
    """Whether it is a new answer. Raises Refused for a page that is not ours."""
    page_key = page_of(stamp)
    if page_key is None:
        raise Refused("page_spoiled")
    once_key = key_of_form(page_key, point.code)
    try:
        with transaction.atomic():
            if SurveyAnswer.objects.filter(once_key=once_key).exists():
                return False
            answer = SurveyAnswer.objects.create(
                point=point,
                hour=hour_of(now or timezone.now()),
                level=level,
                service_field=service_field,
                way=way,
                once_key=once_key,
            )
            if comment:
                SurveyComment.objects.create(answer=answer, text=comment)
    except IntegrityError:  # two presses at the same moment
        if SurveyAnswer.objects.filter(once_key=once_key).exists():
            return False
        raise
    return True
