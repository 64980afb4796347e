"""The organiser's work on a competition."""
