"""After recognition: what was promised, what was measured after 3, 6 and 12 months, which units use it.

`access` says who may, `ledger` writes what people state, `deciding` is how somebody else verifies it, `terms`
reckons the days, `owing` recalls them, `public` is what everybody reads, `applied` answers the plan.
"""
