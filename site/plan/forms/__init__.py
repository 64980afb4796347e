"""What is typed about the plan."""
