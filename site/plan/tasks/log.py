"""The lines of a task's history, and how a form that arrives twice is known again."""

from plan.models import Task, TaskChange


def write(task, change, user, now, note="", key="", **data):
    """One line, in the transaction of its cause. `key` names the form it came from; no user: the portal."""
    made = line(task, change, user, now, note, key, **data)
    made.save(force_insert=True)
    return made


def line(task, change, user, now, note="", key="", **data):
    """The same before it is written, for whoever writes many."""
    return TaskChange(
        task=task,
        at=now,
        actor=user,
        actor_name=user.display_name if user else "",
        change=change,
        note=note,
        data=data | ({"key": key} if key else {}),
    )


def arrived_before(task, key):
    """Whether the form of this key was taken already; ask it with the task locked."""
    return bool(key) and TaskChange.objects.filter(task=task, data__key=key).exists()


def locked(task):
    """The task as it stands, its row locked: every write about a task begins here."""
    return Task.objects.select_for_update(of=("self",)).select_related("group").get(pk=task.pk)
