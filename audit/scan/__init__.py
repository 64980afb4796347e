"""`make scan`: three strangers look for holes: bandit reads the code, pip-audit asks about known holes of
what is installed, wapiti attacks a running portal.

Nothing of medium severity or higher may be found. A check that could not look fails, and says so: silence is
no result. Reports lie in var/audit/. `python -m audit.scan code packages` asks some of them alone.
"""
