"""Migrations run while the old release serves: what would disturb it is found before a release."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from deploy import migrations as checker

OLD = ModelState(
    "shop",
    "Thing",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("note", models.TextField(null=True)),
        ("price", models.DecimalField(max_digits=8, decimal_places=2)),
    ],
)


def found(*operations, **attributes):
    state = ProjectState()
    state.add_model(OLD.clone())
    migration = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return checker.disturbances(migration("0002_next", "shop"), state)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("thing", "colour", models.CharField(max_length=5, null=True)),
        migrations.AddField("thing", "count", models.IntegerField(db_default=0)),
        migrations.AddField("thing", "others", models.ManyToManyField("shop.thing")),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="thing_name")),
        migrations.AlterField("thing", "name", models.CharField(max_length=80)),
        migrations.AlterField(
            "thing", "name", models.CharField("label", max_length=50, choices=[("a", "A")])
        ),
        migrations.AlterField("thing", "name", models.CharField(max_length=50, null=True)),
        migrations.AlterModelOptions("thing", {"ordering": ["name"]}),
    ],
)
def test_what_only_adds_disturbs_nobody(operation):
    assert found(operation) == []


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (migrations.AddField("thing", "count", models.IntegerField(default=0)), "is new and required"),
        (migrations.RemoveField("thing", "note"), "still reads"),
        (migrations.RenameField("thing", "note", "remark"), "still reads"),
        (migrations.DeleteModel("Thing"), "still reads"),
        (migrations.RenameModel("Thing", "Item"), "still reads"),
        (migrations.AlterField("thing", "note", models.TextField()), "becomes required"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=20)), "becomes narrower"),
        (
            migrations.AlterField("thing", "price", models.DecimalField(max_digits=6, decimal_places=2)),
            "becomes narrower",
        ),
        (migrations.AlterField("thing", "name", models.CharField(max_length=50, unique=True)), "unique"),
        (migrations.AlterField("thing", "name", models.IntegerField()), "changes its kind"),
        (
            migrations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="one_name")),
            "reads the whole table",
        ),
        (migrations.RunPython(migrations.RunPython.noop), "cannot be judged"),
        (migrations.RunSQL("SELECT 1"), "cannot be judged"),
        (
            migrations.SeparateDatabaseAndState(
                database_operations=[migrations.RemoveField("thing", "note")]
            ),
            "still reads",
        ),
    ],
)
def test_what_an_old_release_would_feel_is_named(operation, said):
    (sentence,) = found(operation)
    assert said in sentence


def test_a_table_of_the_same_migration_may_be_shaped_freely():
    assert (
        found(
            migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("other", "count", models.IntegerField(default=0)),
            migrations.AddConstraint("other", models.UniqueConstraint(fields=["count"], name="one_count")),
        )
        == []
    )


def test_an_operation_nobody_has_thought_about_is_not_let_through():
    class Strange(migrations.operations.base.Operation):
        def state_forwards(self, app_label, state):
            pass

    assert "cannot be judged" in found(Strange())[0]


def test_a_migration_may_say_itself_why_it_is_safe():
    assert found(migrations.RemoveField("thing", "note"), safe_while_serving="0.2 no longer reads it.") == []


def test_a_field_that_is_altered_twice_is_compared_with_what_the_first_left():
    wider = migrations.AlterField("thing", "name", models.CharField(max_length=80))
    back = migrations.AlterField("thing", "name", models.CharField(max_length=50))
    assert found(wider, wider) == []
    assert "becomes narrower" in found(wider, back)[0]


def test_new_migrations_of_the_portal_disturb_no_release_that_serves():
    loader, ours = checker.our_migrations()
    known = checker.released()
    assert known <= set(ours), "a released migration is never renamed or taken away"
    assert checker.findings(loader, ours, known or set(ours)) == []


def test_the_check_sees_the_portals_own_migrations():
    """Held against an empty list, the first migrations with code in them are named."""
    loader, ours = checker.our_migrations()
    assert {"people", "ideas", "plan"} <= {app for app, _name in ours}
    assert "wagtailcore" not in {app for app, _name in ours}
    assert any("cannot be judged" in one for one in checker.findings(loader, ours, set()))


def test_the_list_of_a_release_is_written_and_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(checker, "RELEASED", tmp_path / "released.txt")
    assert checker.released() == set()
    assert checker.main(["--release"]) == 0
    assert checker.released() == set(checker.our_migrations()[1])
