"""Sign-in of level 2: wrong tries in the database, how old a password is, accounts nobody uses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CHANGES = [
    ("created", "made"),
    ("disabled", "closed"),
    ("enabled", "opened again"),
    ("new_password", "new one-time password"),
    ("asleep", "closed: not used"),
    ("awake", "opened by its owner"),
    ("factor_gone", "second step taken off"),
]


def _moment():
    return models.DateTimeField(editable=False, null=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField("user", "password_changed_at", _moment()),
        migrations.AddField("user", "idle_warned_at", _moment()),
        migrations.AddField("user", "asleep_since", _moment()),
        migrations.AddField("user", "awake_since", _moment()),
        migrations.AlterField(
            "accountchange", "change", models.CharField("change", choices=CHANGES, max_length=12)
        ),
        migrations.CreateModel(
            "SignInTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("paused_until", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "wrong tries to sign in"},
        ),
    ]
