"""What every page's HTML must keep to; any test of a page may ask."""

from collections import Counter
from html.parser import HTMLParser

DATA_TYPES = ("application/json", "application/ld+json")  # read, never run


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems, self.ids, self.refs, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.problems += [f"<{tag} {name}=…>" for name in attrs if name == "style" or name.startswith("on")]
        self.problems += [f"<{tag} {name}=javascript:…>" for name in attrs if _is_script(attrs[name])]
        if tag == "style":
            self.problems.append("<style>")
        if tag == "script" and "src" not in attrs and attrs.get("type") not in DATA_TYPES:
            self.problems.append("<script> without src")
        if "id" in attrs:
            self.ids.append(attrs["id"])
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.refs += [(name, ref) for ref in (attrs.get(name) or "").split()]

    handle_startendtag = handle_starttag


def _is_script(value):
    return (value or "").strip().lower().startswith("javascript:")


def read(html):
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.decode())
    return reader


def assert_policy_safe(html):
    """No style attribute, style element, inline script, handler or javascript: address: `'self'` suffices."""
    assert read(html).problems == []


def assert_ids_hold(html):
    """Ids are unique, and whatever points to one (label, description, link in an error list) finds it."""
    _ids_hold(read(html))


def assert_sound(html):
    """Both, of a page that is read once."""
    reader = read(html)
    assert reader.problems == []
    _ids_hold(reader)


def _ids_hold(reader):
    assert [name for name, count in Counter(reader.ids).items() if count > 1] == []
    whole = any(tag == "html" for tag, _ in reader.tags)  # a fragment borrows the page's icons
    addresses = [a.get("href") or "" for tag, a in reader.tags if tag == "a" or (tag == "use" and whole)]
    targets = {address[1:] for address in addresses if address.startswith("#")}
    assert sorted({ref for _, ref in reader.refs} - set(reader.ids)) == []
    assert sorted(targets - set(reader.ids)) == []
