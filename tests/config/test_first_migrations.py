"""What the first migrations made, which make all tables of an app at once, is what the models ask for."""

import importlib

import pytest
from django.apps import apps
from django.db import connection, models

from config.migrating import FirstMigration

pytestmark = pytest.mark.django_db
BESIDES = (
    {"portal_searchentry": {"vector"}} if connection.vendor == "postgresql" else {}
)  # what no model knows


def ours():
    """Models of the apps whose first migration makes the tables at once, with tables between two models."""
    for config in apps.get_app_configs():
        try:
            first = importlib.import_module(f"{config.name}.migrations.0001_initial").Migration
        except ModuleNotFoundError:
            continue
        if issubclass(first, FirstMigration):
            yield from (
                model for model in config.get_models(include_auto_created=True) if model._meta.managed
            )


def asked_for(model):
    """(columns, names of constraints and indexes, {column: (table, column) it points at})."""
    fields = model._meta.local_concrete_fields
    named = {each.name for each in [*model._meta.constraints, *model._meta.indexes]}
    pointing = {
        field.column: (field.target_field.model._meta.db_table, field.target_field.column)
        for field in fields
        if isinstance(field, models.ForeignKey) and field.db_constraint
    }
    return {field.column for field in fields}, named, pointing


def found(model):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
        columns = {each[0] for each in cursor.description} - BESIDES.get(table, set())
    pointing = {
        each["columns"][0]: each["foreign_key"] for each in constraints.values() if each["foreign_key"]
    }
    return columns, set(constraints), pointing, constraints.values()


def test_every_column_constraint_index_and_key_of_the_models_is_there(monkeypatch):
    # On SQLite Django reads these from a table's words, and stumbles over a text with a comma in them.
    monkeypatch.setattr(connection.introspection, "_get_column_collations", lambda *asked: {}, raising=False)
    seen = set()
    for model in ours():
        columns, named, pointing = asked_for(model)
        there, names, points, constraints = found(model)
        assert (there, named - names, points) == (columns, set(), pointing), model._meta.label
        unique = {tuple(each["columns"]) for each in constraints if each["unique"] or each["primary_key"]}
        assert {(field.column,) for field in model._meta.local_concrete_fields if field.unique} <= unique
        indexed = {
            each["columns"][0]
            for each in constraints
            if each["index"] or each["unique"] or each["primary_key"]
        }
        wanted = {field.column for field in model._meta.local_concrete_fields if field.db_index}
        assert wanted <= indexed, model._meta.label
        seen.add(model._meta.app_label)
    assert seen == {"competitions", "ideas", "plan", "portal", "training"}
