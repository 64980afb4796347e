"""Forms of the plan's work area, one module for each part."""
