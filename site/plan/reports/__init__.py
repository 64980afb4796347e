"""Reports of the units: when they are due, who owes one, what is in it, and what becomes of it.

`periods` and `duty` are rules over plain values, `calendar` makes what they say; `sheet` is what a unit
writes on, `workflow` the one door, `payload` what is frozen, `owing` who is reminded.
"""
