"""Sample dossiers of a ward's daily life, in every state of the workflow.

The named ones walk through the workflow's own door, step by step in the order of time (`story`); any further
number is written in bulk as rows that say the same as if they had (`bulk`).
"""
