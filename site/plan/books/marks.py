"""By what is known again: a row below an entry as it was seen (it has no version of its own), and a page that
was sent before."""

import hashlib


def mark_of(row) -> str:
    """The same as long as nobody changed the row; "" of one that is gone."""
    if row is None:
        return ""
    values = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:32]


def mark_of_page(form) -> str:
    """The same for one page sent twice as it is; "" where it carries no key. With other words it is another
    one: whoever goes back in the browser and enters the next thing loses nothing."""
    if not form.cleaned_data.get("khoa"):
        return ""
    said = sorted(_lists(form.data), key=lambda pair: pair[0])
    files = sorted((name, file.name, file.size) for name, some in _lists(form.files) for file in some)
    said = [(name, values) for name, values in said if name != "csrfmiddlewaretoken"]
    return hashlib.sha256(repr((said, files)).encode()).hexdigest()[:32]


def _lists(data):
    return data.lists() if hasattr(data, "lists") else [(name, [value]) for name, value in data.items()]
