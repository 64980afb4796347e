"""Tracking codes of data-rights requests: QD-8WKD-3QMX-7TRB-5NHC."""

from trust.codes import TrackingCodes
from trust.limits import WrongTries

WRONG_CODES = WrongTries("rights-code", most=30, seconds=600)
_CODES = TrackingCodes("QD", "/quyen-du-lieu/theo-doi/")
new_code, shown, typed, address = _CODES.new_code, _CODES.shown, _CODES.typed, _CODES.address
