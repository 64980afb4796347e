"""Similar work: which earlier initiatives resemble a text, and how initiatives hang together.

`words` and `scoring` are pure; `kept` has one row for each submitted dossier, `finding` asks them, `access`
says who is shown which, `saying` why in words, `links` what the secretary has stated.
"""
