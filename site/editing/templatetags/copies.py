from django import template

from editing.copies import copy_key

register = template.Library()
register.simple_tag(copy_key)
