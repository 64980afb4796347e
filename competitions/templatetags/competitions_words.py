"""`{% load competitions_words %}`: why an act of judging is not possible now, in words."""

from django import template

from competitions.judging.words import sentence

register = template.Library()


@register.simple_tag
def why_not(answer):
    """The sentence of an `Answer` that does not allow; "" otherwise."""
    return sentence(answer)
