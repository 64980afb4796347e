"""What production writes to its log: one JSON object a line on stderr, which journald keeps.

No personal data: what a person typed, names, addresses, codes and the words of an error stay out.
"""
