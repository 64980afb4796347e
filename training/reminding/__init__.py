"""What the clock recalls in training: who is missing, sessions to confirm, freezes to take.

`subjects` names what is owed, `kinds` registers it, `missing`, `sessions` and `freezes` know when it is owed
and whom to tell. Texts say what to do; no names of people, no minutes.
"""
