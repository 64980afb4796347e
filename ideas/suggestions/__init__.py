"""Ideas of residents: sent without an account, followed by code, handled and answered by the ward.

`guard` stands before the letter box, `sending` takes an idea in, `codes` and `following` find it again,
`triage` is every step of the ward, `growing` makes a dossier of it, `published` is what everybody reads;
`access` says who may.
"""
