"""`{% load rating %}`: what the question "was this page useful?" sends along."""

from django import template

from .. import rating

register = template.Library()
register.simple_tag(rating.key_of, name="rating_key")
