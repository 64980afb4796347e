"""The ward's report on the plan, drawn from the accepted reports of its units.

`material` reads what was frozen at submission, `summing` adds it up, `drafting` puts it into words, `tables`
into annexes; `writing` keeps the words a coordinator goes on with, `paper` and `issuing` make the report.
"""
