"""Samples of the plan: what sample people did, part by part, through the doors people use."""
