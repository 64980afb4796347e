"""Carrying out the plan's tasks: who leads, until when, how far, with which money."""
