"""Sample data of the plan, each part in its own module; marked as samples."""
