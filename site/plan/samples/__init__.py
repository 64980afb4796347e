"""Samples of the plan's work; each part has a module of its own."""
