"""Sample courses, sessions and attendance of the years before today.

The people described one by one have their story (`story`, `data/`); any further crowd is trained in bulk as
rows that say the same as if each had passed the doors (`bulk`).
"""
