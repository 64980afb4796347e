"""Difficulties and proposals: raised, registered, answered, published.

`raising` takes in what units raise, `from_reports` what stands in their accepted reports, `sending` what
residents send without an account; `codes` and `following` let a resident follow it; `handling` is every step
of the ward; `published` is what everybody reads; `access` says who may.
"""
