"""How a state looks, by its code: tone and icon differ, so that grey print still tells them apart.

The words come from whoever owns the state. An app with codes of its own adds them in `AppConfig.ready`.
"""

PLAIN = ("", "info")

_LOOKS = {
    # the dossier's
    "draft": ("", "edit"),
    "submitted": ("work", "send"),
    "supplement_requested": ("wait", "warn"),
    "accepted": ("work", "check"),
    "evaluating": ("work", "clock"),
    "evaluated": ("work", "lock"),
    "recognised": ("ok", "award"),
    "declined": ("bad", "no"),
    "refused": ("bad", "ban"),
    "withdrawn": ("off", "undo"),
    "expired": ("off", "clock"),
    "merged": ("off", "spread"),
    "revoked": ("bad", "x"),
    # papers and reports
    "valid": ("ok", "ok"),
    "replaced": ("off", "undo"),
    "returned": ("wait", "undo"),
    "late": ("bad", "clock"),
    "missing": ("bad", "warn"),
    # targets
    "met": ("ok", "award"),
    "on_track": ("ok", "check"),
    "nothing": ("off", "minus"),
    "no_data": ("", "info"),
    "at_risk": ("wait", "warn"),
    # work and mail
    "open": ("ok", "ok"),
    "closed": ("off", "lock"),
    "done": ("ok", "check"),
    "todo": ("", "clock"),
    "recused": ("off", "ban"),
    "queued": ("work", "clock"),
    "sent": ("ok", "check"),
    "failed": ("wait", "warn"),
    "dead": ("bad", "x"),
    "skipped": ("off", "minus"),
}


def add_states(**looks):
    """`add_states(merged=("off", "spread"))`: code → (tone, icon). A code has one look everywhere."""
    for code, look in looks.items():
        if _LOOKS.setdefault(code, look) != look:
            raise ValueError(f"The state {code!r} already looks like {_LOOKS[code]}.")


def look_of(code):
    return _LOOKS.get(code, PLAIN)
