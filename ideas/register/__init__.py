"""Sổ theo dõi sáng kiến: one line a dossier, from its receipt to where it stands (legal.md §2.6).

`reading` says who reads it and which dossiers stand in it, `asking` what it is narrowed by, `lines` what its
twenty columns say, `workbook` writes it; `figures` counts it for a year.
"""
