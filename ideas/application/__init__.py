"""The application (đơn yêu cầu công nhận sáng kiến): its form template and the faces drawn from it.

`definition` reads a template, `shipped` holds the one of TT 18/2013, `filling` joins it with what a dossier
says, `paper` makes Word and PDF of that, `blank_forms` keeps the codes of forms printed to be filled by hand.
"""
