"""`{% load competitions_words %}`: why an act of judging or on results is not possible now, in words."""

from django import template

from competitions.judging.words import sentence
from competitions.results.words import sentence as of_results

register = template.Library()


@register.simple_tag
def why_not(answer):
    """The sentence of an `Answer` that does not allow; "" otherwise."""
    return sentence(answer)


@register.simple_tag
def results_why(answer):
    """The same for the results."""
    return of_results(answer)
