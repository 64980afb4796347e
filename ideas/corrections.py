"""What a correcting decision may set right on a recognised dossier: what its certificates say.

The submitted versions stay as they were; the history names old and new.
"""

from vietnamese.text import nfc

from .text import title_key

AUTHOR_FIELDS = ("full_name", "birth_date", "workplace", "job_title", "qualification")


def apply_corrections(initiative, corrections):
    """Writes `{"title": …, "authors": {pk: {field: value}}}` to the rows; answers what changed."""
    from .models import Author, Initiative

    changed = []
    title = nfc(corrections.get("title") or "")
    if title and title != initiative.title:
        changed.append({"what": "title", "old": initiative.title, "new": title})
        initiative.title = title
        Initiative.objects.filter(pk=initiative.pk).update(title=title, title_key=title_key(title))
    for author in initiative.authors.all():
        values = _differing(author, corrections.get("authors", {}).get(author.pk, {}))
        for name, value in values.items():
            changed.append({"what": name, "old": _plain(getattr(author, name)), "new": _plain(value)})
            setattr(author, name, value)
        if values:
            Author.objects.filter(pk=author.pk).update(**values)
    return changed


def _differing(author, values):
    return {
        name: nfc(value) if isinstance(value, str) else value
        for name, value in values.items()
        if name in AUTHOR_FIELDS and value and value != getattr(author, name)
    }


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value or ""
