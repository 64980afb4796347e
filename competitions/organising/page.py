"""How every page of a competition is drawn for its organisers: the same head and tabs."""

from django.shortcuts import render

from .tabs import tabs


def page(request, competition, current, template, context=None, *, status=200):
    """`template` extends competitions/organising/base.html; `current` is the code of its tab."""
    shared = {"competition": competition, "tabs": tabs(competition), "current_tab": current}
    return render(request, template, shared | (context or {}), status=status)
