"""What `load_samples` makes of the plan: part by part, each through the doors people use."""
"""Samples of the plan: what sample people did."""
"""Sample data of the plan, each part in its own module; marked as samples."""
