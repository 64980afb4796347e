"""Samples of the plan: what sample people did."""
