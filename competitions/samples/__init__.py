"""Sample competitions: one open, one being judged, one put to the vote, one settled, and a quiz. They walk
through the doors everybody uses, each step with its own moment, so that what a visitor finds is what the code
does. Dates are counted from the day of loading."""
