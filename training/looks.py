"""How the states of training look: each code has one look everywhere."""

from config.states import add_states

add_states(
    # sessions
    held=("work", "clock"),
    confirmed=("ok", "lock"),
    cancelled=("bad", "ban"),
    # seats
    invited=("work", "mail"),
    enrolled=("ok", "check"),
    waitlisted=("wait", "clock"),
    # marks
    present=("ok", "check"),
    excused=("off", "minus"),
    absent=("bad", "x"),
    waiting=("wait", "clock"),
    # credits and exemptions
    verified=("ok", "ok"),
    requested=("work", "send"),
    approved=("ok", "ok"),
)
