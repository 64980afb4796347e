"""Tracking codes of ideas, as people write them YT-8WKD-3QMX-7TRB-5NHC. A code can be made void
(`triage.renew`)."""

from trust.codes import TRACKING_LENGTH, TrackingCodes
from trust.limits import WrongTries

LENGTH = TRACKING_LENGTH
WRONG_CODES = WrongTries("idea-code", most=30, seconds=600)
_CODES = TrackingCodes("YT", "/y-tuong/")
new_code, shown, typed, address = _CODES.new_code, _CODES.shown, _CODES.typed, _CODES.address
