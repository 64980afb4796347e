"""First migrations: an app's tables are made from the state at its end, drawn once.

Django draws anew, after every operation, each model that is related to the one it touched. Nearly all of ours
are related to the account, so that two hundred operations drew some three hundred models each: three quarters
of the time a first installation took. The tables are the same (tests/config/test_first_migrations.py).
"""

from copy import copy

from django.db import migrations

TABLES = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AddConstraint,
    migrations.AlterUniqueTogether,
)


class FirstMigration(migrations.Migration):
    """Operations up to the first that is not about tables make tables of models this migration creates; the
    rest are taken one by one."""

    initial = True

    def apply(self, project_state, schema_editor, collect_sql=False):
        there_before, rest = set(project_state.models), copy(self)
        about_tables = self._how_many_are_about_tables()
        rest.operations = self.operations[about_tables:]
        project_state.__dict__.pop("apps", None)  # as long as nothing is drawn, a change costs nothing
        for operation in self.operations[:about_tables]:
            operation.state_forwards(self.app_label, project_state)
        for key in project_state.models:
            if key not in there_before:
                self._create(project_state.apps.get_model(*key), schema_editor)
        return super(FirstMigration, rest).apply(project_state, schema_editor, collect_sql)

    def _how_many_are_about_tables(self):
        others = [number for number, each in enumerate(self.operations) if not isinstance(each, TABLES)]
        return others[0] if others else len(self.operations)

    def _create(self, model, schema_editor):
        if self.operations[0].allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.create_model(model)
