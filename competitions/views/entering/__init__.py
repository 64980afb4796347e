"""Entrants' pages: proving a mailbox, the entry step by step, my entries."""
