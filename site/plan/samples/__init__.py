"""Samples of the plan: what sample people did, each part in a module of its own, through the doors people use."""
