"""Lead members of dossiers being scored: proposed evenly, by hand, from a workbook; undone; told; commented.

Every eligible seat scores every dossier (design: one sheet per seat and initiative). What is assigned is who
reads it first, writes a comment and presents it when the council meets.
"""
