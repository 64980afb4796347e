"""A person with data in every table that can hold some, each column with words found nowhere else; and a
search over the whole database for them."""

from datetime import date, timedelta
from itertools import count

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, models
from django.utils import timezone

from trust.holdings import holdings

MARK = "zqx8120"  # stands in every text of the person
BIRTH = date(1961, 7, 13)
_number = count(1)


def every_table():
    """[(table, column, {key: text})] of the whole database, read past every model."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            for place, name in enumerate(names):
                yield table, name, [str(row[place]) for row in rows if row[place] is not None]


def found_in(*words):
    """{(table, column)} where any of `words` stands, whatever the case."""
    wanted = [word.casefold() for word in words]
    return {
        (table, name)
        for table, name, texts in every_table()
        if any(word in text.casefold() for text in texts for word in wanted)
    }


def columns_of(model, names):
    table = apps.get_model(model)
    for name in names:
        field = table._meta.get_field(name)
        yield field.model._meta.db_table, field.column


def make_row(model, **given):
    """A row of any table, with whatever its columns need: texts hold the mark, links are made as needed."""
    table = apps.get_model(model)
    values = dict(given)
    for field in table._meta.concrete_fields:
        if field.name in values or field.attname in values or isinstance(field, models.AutoField):
            continue
        value = _value_for(field)
        if value is not _LEAVE:
            values[field.name] = value
    row = table(**values)
    models.Model.save(row, force_insert=True)
    return row


_LEAVE = object()


def _value_for(field):
    if field.related_model is ContentType and not field.null:
        return ContentType.objects.get_for_model(field.model)  # a page of its own kind
    if field.is_relation:
        return _LEAVE if field.null else _some(field.related_model)
    if field.has_default() and not isinstance(field, models.JSONField):
        return _LEAVE
    if isinstance(field, models.FileField):
        return ContentFile(b"tep", name=f"{MARK}.bin")
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.UUIDField | models.BinaryField):
        return _LEAVE
    if isinstance(field, models.CharField | models.TextField):
        return f"x{next(_number)}"[: field.max_length or 30]
    if isinstance(field, models.DateTimeField):
        return None if field.null else timezone.now()
    if isinstance(field, models.DateField):
        return None if field.null else date(2026, 1, 1) + timedelta(days=next(_number))
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField | models.DecimalField):
        return None if field.null else next(_number)
    return _LEAVE


def _some(model):
    found = model._base_manager.first()
    return found if found is not None else make_row(model._meta.label)


def holdings_of(model):
    return [holding for holding in holdings() if holding.model == model]
