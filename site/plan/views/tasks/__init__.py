"""Pages of the tasks: the list, one task, and a page for each thing that is done with it."""
