"""Forms of the plan's work area, one module for each part."""

"""What is typed about the plan."""
