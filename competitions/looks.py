"""How the states of competitions look: each code has one look everywhere."""

from config.states import add_states

add_states(
    # where a competition stands
    planned=("", "cal"),
    entry=("work", "edit"),
    preliminary=("work", "clock"),
    vote=("work", "ok"),
    final=("work", "clock"),
    event=("work", "cal"),
    between=("wait", "clock"),
    over=("off", "check"),
    # on its way to the public
    waits=("work", "eye"),
    scheduled=("work", "cal"),
    down=("off", "minus"),
    # results
    checked=("work", "check"),
    published=("ok", "award"),
)
