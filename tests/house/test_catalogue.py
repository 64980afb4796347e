"""The Vietnamese catalogue is complete: every message of ours, in words an office would write.

Messages are taken from the source afresh by gettext, in a folder of the test's own.
"""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.timesince import timesince

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
OF_LIBRARIES = [
    ROOT / "locale" / "libraries" / "vi" / "LC_MESSAGES" / f"{name}.po" for name in ("django", "djangojs")
]
SOURCES = ("site", "ideas", "training", "competitions", "templates")

# Words this office does not write (docs: an official's words, calm, never familiar).
FORBIDDEN = {
    "familiar 'bạn'": re.compile(r"\bbạn\b", re.IGNORECASE),
    "exclamation mark": re.compile(r"!"),
    "'vui lòng'": re.compile(r"\bvui lòng\b", re.IGNORECASE),
    "'xin lỗi', 'rất tiếc'": re.compile(r"\b(xin lỗi|rất tiếc|oops|ối)\b", re.IGNORECASE),
    "three dots": re.compile(r"\.\.\."),
    "tone on the second vowel": re.compile(r"(o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])\b"),
    "straight quotes": re.compile(r'(?<![=\w])"[^"<>=]+"(?![^<]*>)'),
}
# The same in both languages.
SAME = {"PDF", "Excel", "Word", "SHA-256", "English", "Tiếng Việt", "E-mail", "RSS", "CSV", "QR"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sd]|(?<!\{)\{\w*\}(?!\})|</?[a-z]+[^>]*>")
PYTHON_OF_ALLAUTH = re.compile(r"^(\./)?(allauth/)?(account|mfa|core|utils|decorators)[\w/]*\.py$")


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """Every message in our code, by gettext."""
    if shutil.which("xgettext") is None:
        pytest.fail("gettext is needed to read the messages: apt-get install gettext")
    copy = tmp_path_factory.mktemp("messages")
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    (copy / "locale").mkdir()
    # Without settings, so that it writes into this folder and not into the portal's own.
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "vi", "--extension", "html,txt,py"],
        cwd=copy,
        env={"PATH": str(Path(shutil.which("xgettext")).parent), "LANG": "C.UTF-8"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / "locale" / "vi" / "LC_MESSAGES" / "django.po"))


@pytest.fixture(scope="module", params=[OURS, *OF_LIBRARIES], ids=["ours", "libraries", "libraries-js"])
def catalogue(request):
    return polib.pofile(str(request.param))


@pytest.fixture(scope="module")
def ours():
    return polib.pofile(str(OURS))


def key(entry):
    return entry.msgctxt, entry.msgid


def words_of(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def rooms(entry):
    """The apps a message comes from."""
    parts = [Path(path).parts for path, _line in entry.occurrences]
    return sorted(
        {part[1] if part[0] in ("site", "templates") and len(part) > 2 else part[0] for part in parts}
    )


def test_every_message_has_its_vietnamese(used, ours):
    there = {key(entry): entry for entry in ours if all(words_of(entry)) and not entry.fuzzy}
    missing = [entry for entry in used if key(entry) not in there]
    count = Counter(room for entry in missing for room in rooms(entry))
    lines = sorted(f"{'/'.join(rooms(e))}: {e.msgctxt or ''} {e.msgid!r}" for e in missing)
    assert not missing, "\n".join([f"{len(missing)} missing: {dict(count)}", *lines])


def test_plurals_are_plurals_on_both_sides(used, ours):
    there = {key(entry): entry for entry in ours}
    wrong = [
        entry.msgid
        for entry in used
        if key(entry) in there and there[key(entry)].msgid_plural != entry.msgid_plural
    ]
    assert wrong == []


def test_no_entry_is_fuzzy_empty_obsolete_or_twice(catalogue):
    assert [e.msgid for e in catalogue if e.fuzzy or e.obsolete or not all(words_of(e))] == []
    assert [k for k, count in Counter(key(e) for e in catalogue).items() if count > 1] == []


def test_nothing_is_translated_that_nobody_says(used, ours):
    """Besides our own code Django and allauth speak through this catalogue."""
    said = {key(entry) for entry in used}
    for package in (django, allauth):
        for file in Path(package.__file__).parent.rglob("locale/de/LC_MESSAGES/django.po"):
            said |= {key(entry) for entry in polib.pofile(str(file))}
    assert [entry.msgid for entry in ours if key(entry) not in said] == []


def test_placeholders_and_tags_survive_translation(catalogue):
    wrong = []
    for entry in catalogue:
        source = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        optional = source ^ set(PLACEHOLDER.findall(entry.msgid)) if entry.msgid_plural else set()
        for words in words_of(entry):
            if not (source - optional <= set(PLACEHOLDER.findall(words)) <= source | optional):
                wrong.append((entry.msgid, words))
    assert wrong == []


def test_the_words_are_an_office_s(catalogue):
    wrong = [
        f"{what}: {words!r}"
        for entry in catalogue
        for words in words_of(entry)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(words)
    ]
    assert wrong == []


def test_the_words_are_stored_composed_and_trimmed(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        for words in words_of(entry)
        if unicodedata.normalize("NFC", words) != words
        or words.startswith(" ") != entry.msgid.startswith(" ")
        or words.endswith(" ") != entry.msgid.endswith(" ")
    ]
    assert wrong == []


def test_nothing_is_left_in_english(catalogue):
    """The same text on both sides is a message nobody translated, but for names and bare placeholders."""
    wrong = [
        entry.msgid
        for entry in catalogue
        if entry.msgid in words_of(entry)
        and entry.msgid not in SAME
        and re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", entry.msgid))
    ]
    assert wrong == []


def test_english_messages_are_calm_too(used):
    assert [entry.msgid for entry in used if re.search(r"!|\boops\b|\bsorry\b", entry.msgid.lower())] == []


def test_what_allauth_says_is_in_the_catalogue(ours):
    """allauth ships no Vietnamese: what its own code says (not its templates, ours replace them)."""
    folder = Path(allauth.__file__).parent
    theirs = polib.pofile(str(folder / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    said = [
        entry
        for entry in theirs
        if not entry.obsolete and any(PYTHON_OF_ALLAUTH.match(path) for path, _line in entry.occurrences)
    ]
    assert len(said) > 40
    there = {key(entry) for entry in ours if all(words_of(entry))}
    missing = [entry.msgid for entry in said if key(entry) not in there]
    assert not missing, "\n".join(missing)


def english_of_wagtail(domain):
    """What the editor says: every message of Wagtail's parts that are installed, and of its tags."""
    folders = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith(("wagtail", "taggit"))]
    files = [folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    return [e for file in files if file.exists() for e in polib.pofile(str(file)) if not e.obsolete]


@pytest.mark.parametrize(("domain", "file"), list(zip(("django", "djangojs"), OF_LIBRARIES, strict=True)))
def test_everything_wagtail_s_editor_says_has_its_vietnamese(ours, domain, file):
    """Wagtail ships a fifth of it, in words of many hands: here is all of it, in ours."""
    said = {key(entry) for entry in english_of_wagtail(domain)}
    there = {key(entry) for entry in polib.pofile(str(file))}
    if domain == "django":
        there |= {key(entry) for entry in ours}
    assert len(said) > 50
    assert sorted(map(str, said - there)) == []


def test_a_message_of_wagtail_is_translated_in_one_place(ours):
    """Ours is read first: a message both have must carry a context where its meaning here is another."""
    theirs = {key(entry): entry.msgstr for entry in polib.pofile(str(OF_LIBRARIES[0]))}
    assert [entry.msgid for entry in ours if key(entry) in theirs] == []


@pytest.mark.parametrize(
    ("msgid", "words"), [("Publish", "Đăng"), ("Save draft", "Lưu bản nháp"), ("Status", "Trạng thái")]
)
def test_the_editor_speaks_it(msgid, words):
    with translation.override("vi"):
        assert translation.gettext(msgid) == words


def test_django_counts_time_in_vietnamese():
    """Its own catalogue lacks these; the editor says with them when something was changed."""
    moment = datetime(2026, 6, 12, 8, tzinfo=UTC)
    spans = {
        timedelta(minutes=24): "24\u00a0phút",
        timedelta(hours=3): "3\u00a0giờ",
        timedelta(days=2): "2\u00a0ngày",
        timedelta(days=21): "3\u00a0tuần",
        timedelta(days=400): "1\u00a0năm, 1\u00a0tháng",
    }
    with translation.override("vi"):
        assert {span: timesince(moment - span, moment) for span in spans} == spans
