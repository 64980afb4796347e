"""What the templates and scripts may hold, so that the content policy ('self', nothing inline) is kept and
nobody's words become markup."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    [*ROOT.glob("templates/**/*.html"), *ROOT.glob("site/**/*.html"), *ROOT.glob("ideas/**/*.html")]
)
SCRIPTS = sorted(ROOT.glob("static/js/**/*.js"))
CODE = sorted(
    path
    for folder in ("site", "ideas", "training", "competitions")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)

DATA_TYPES = ("application/json", "application/ld+json")  # read, never run
# Text that is ours, not a user's: where it may be printed as it stands, and why.
SAFE = {
    ("templates/components/field.html", "field.help_text"),  # Django's own help of passwords is a list
}
MARKED = set()  # mark_safe: what a renderer of ours has escaped already

INLINE = {
    "style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*="),
    "style element": re.compile(r"<style[\s>]"),
    "handler": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*="),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx handler": re.compile(r"\s(data-)?hx-on[:\s=-]|hx-vals\s*=\s*[\"']js:|hx-headers\s*=\s*[\"']js:"),
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|data)\s*=\s*[\"'](?P<to>[^\"']+)"
)
LINKED = re.compile(r"<link\b[^>]*\shref\s*=\s*[\"'](?P<to>[^\"']+)")


def shown(path):
    return path.relative_to(ROOT).as_posix()


def without_comments(text):
    text = re.sub(r"{#.*?#}", "", text)
    return re.sub(r"{% comment .*?{% endcomment %}", "", text, flags=re.DOTALL)


def test_templates_hold_no_inline_style_script_or_handler():
    wrong = []
    for path in TEMPLATES:
        text = without_comments(path.read_text())
        wrong += [f"{shown(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
        for script in SCRIPT.finditer(text):
            data = any(kind in script["attributes"] for kind in DATA_TYPES)
            if "src=" not in script["attributes"] and not data:
                wrong.append(f"{shown(path)}: script without src")
    assert wrong == []


def test_templates_load_nothing_from_elsewhere():
    wrong = [
        f"{shown(path)}: {found['to']}"
        for path in TEMPLATES
        for pattern in (LOADED, LINKED)
        for found in pattern.finditer(without_comments(path.read_text()))
        if found["to"].startswith(("http:", "https:", "//"))
    ]
    assert wrong == []


def test_nobodys_words_are_printed_unescaped():
    found = set()
    for path in TEMPLATES:
        text = without_comments(path.read_text())
        for expression in re.findall(r"{{\s*(.*?)\s*}}", text):
            if re.search(r"\|\s*safe(seq)?\b", expression):
                found.add((shown(path), expression.split("|")[0].strip()))
        if re.search(r"{%\s*autoescape\s+off", text):
            found.add((shown(path), "autoescape off"))
    assert sorted(found - SAFE) == []
    assert sorted(SAFE - found) == []  # an exception nobody needs is taken out


MARK = re.compile(r"\b(?:mark_safe|SafeString)\(([^()]*(?:\([^()]*\))?[^()]*)\)")
FORMATTED_BEFORE = re.compile(r"format_html(_join)?\(\s*(f[\"']|[^)]*%\s)")


def test_code_marks_nothing_as_safe_that_a_person_typed():
    found = {(shown(path), argument.strip()) for path in CODE for argument in MARK.findall(path.read_text())}
    assert sorted(found - MARKED) == []
    assert [shown(path) for path in CODE if FORMATTED_BEFORE.search(path.read_text())] == []


ADDRESS = re.compile(r"[\"'`](?:[a-z]+:)?//[^\"'`]*|[a-z]+://(?!\$\{location\.host\})\S*")
SVG = "http://www.w3.org/2000/svg"  # a name, never asked for
ASKED = re.compile(r"\b(?:fetch|sendBeacon|EventSource|WebSocket|import)\(\s*([^,)]+)")


def code_lines():
    for path in SCRIPTS:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield f"{shown(path)}:{number}", re.sub(r"(^|\s)//.*$", "", line)


def test_scripts_speak_to_this_portal_alone():
    """Every address in a script is relative, or made of location.host."""
    written = [(at, found) for at, code in code_lines() for found in ADDRESS.findall(code)]
    wrong = [f"{at}: {found}" for at, found in written if found.strip("\"'`") != SVG]
    wrong += [
        f"{at}: {asked}" for at, code in code_lines() for asked in ASKED.findall(code) if not _ours(asked)
    ]
    assert wrong == []


def _ours(asked):
    """A path of our own, an address the page (so the server) gave, or location's own host."""
    asked = asked.strip()
    if asked[0] not in "\"'`":
        return re.fullmatch(r"[\w.?]+", asked) is not None
    return "location.host" in asked or (asked[1:].startswith(("/", "./", "${")) and asked[1:3] != "//")


RISKY = re.compile(
    r"\.(inner|outer)HTML\s*\+?=|insertAdjacentHTML|document\.write|\beval\(|new Function"
    r"|setTimeout\(\s*[\"'`]|createContextualFragment|DOMParser|\.setAttribute\(\s*[\"']on"
)


def test_scripts_never_turn_text_into_markup_or_code():
    assert [at for at, code in code_lines() if RISKY.search(code)] == []


def test_the_pages_name_only_scripts_that_exist():
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{%\s*static\s+[\"'](js/[^\"']+)[\"']", path.read_text())
    }
    assert sorted(name for name in named if not (ROOT / "static" / name).exists()) == []
    imported = {
        match
        for path in SCRIPTS
        for match in re.findall(r"import\s[^;]*?[\"']\./([^\"']+)[\"']", path.read_text())
    }
    present = {path.relative_to(ROOT / "static").as_posix() for path in SCRIPTS}
    assert sorted(present - named - {f"js/{name}" for name in imported}) == []  # nothing lies about unused
