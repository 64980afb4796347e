"""The rules of the house (docs/architecture.md): imports point one way, rooms stay small.

Read from the source with `ast`, so that an import inside a function counts as well.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
# From left to right: an app may import from the ranks before its own, never from its own rank or later.
RANKS = (
    {"vietnamese", "trust"},
    {"obligations", "editing"},
    {"notifications"},
    {"people"},
    {"scoring", "papers"},
    {"portal"},
    {"rights"},
    {"ideas", "training", "competitions", "plan"},
    {"operations"},
)
RANK = {app: number for number, apps in enumerate(RANKS) for app in apps}
# What two of these share gets its own small package; they never import each other.
STRANGERS = {"ideas", "training", "competitions", "plan"}
# config stands outside the order: every app may ask it for navigation and forms, and it names apps only
# where the whole is put together, elsewhere lazily.
JOINTS = {"config/urls.py", "config/asgi.py", "config/health.py", "config/metrics/shared.py"}


def apps():
    """{app: folder}: every package under site/ but config, and the apps beside it."""
    inside = {path.parent.name: path.parent for path in ROOT.glob("site/*/__init__.py")}
    beside = {path.parent.name: path.parent for path in ROOT.glob("*/apps.py")}
    return {name: folder for name, folder in (inside | beside).items() if name != "config"}


def modules(folder):
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def imported(tree):
    """Every (first word, line, whether at the top of the module) the code imports by full name."""
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        elif isinstance(node, ast.Call) and _is_import_call(node):
            names = [node.args[0].value]
        else:
            continue
        for name in names:
            yield name.split(".")[0], node.lineno, id(node) in top


def _is_import_call(node):
    """`import_module("…")`, `import_string("…")`, `get_model("app", "Model")`: imports by another name."""
    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return (
        called in ("import_module", "import_string", "get_model", "__import__")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    )


def every_import():
    for app, folder in {**apps(), "config": ROOT / "site" / "config"}.items():
        for path in modules(folder):
            for target, line, at_top in imported(ast.parse(path.read_text())):
                if target != app and (target in RANK or target == "config"):
                    yield app, target, path, line, at_top


def spot(path, line):
    return f"{path.relative_to(ROOT)}:{line}"


def test_every_app_of_the_house_has_its_place_in_the_order():
    assert sorted(set(apps()) - set(RANK)) == []


def test_imports_point_one_way():
    wrong = [
        f"{spot(path, line)}: {app} imports {target}"
        for app, target, path, line, _top in every_import()
        if app != "config" and target != "config" and RANK[target] >= RANK[app]
    ]
    assert wrong == []


def test_apps_that_stand_side_by_side_never_import_each_other():
    wrong = [
        f"{spot(path, line)}: {app} imports {target}"
        for app, target, path, line, _top in every_import()
        if {app, target} <= STRANGERS
    ]
    assert wrong == []


def test_nobody_imports_the_initiatives():
    wrong = [spot(path, line) for _app, target, path, line, _top in every_import() if target == "ideas"]
    assert wrong == []


def test_the_frame_names_apps_only_where_the_whole_is_put_together():
    wrong = [
        f"{spot(path, line)}: config imports {target} at the top"
        for app, target, path, line, at_top in every_import()
        if app == "config" and at_top and path.relative_to(ROOT / "site").as_posix() not in JOINTS
    ]
    assert wrong == []


def test_apps_ask_the_frame_for_no_settings_nor_addresses():
    """config.navigation, config.forms and the like are meant; its settings come through django.conf."""
    wrong = []
    for _app, folder in apps().items():
        for path in modules(folder):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(node, "module", None) or ""
                if isinstance(node, ast.ImportFrom) and name.startswith(("config.settings", "config.urls")):
                    wrong.append(spot(path, node.lineno))
    assert wrong == []


def test_python_s_own_site_is_never_taken_for_the_folder():
    wrong = [
        spot(path, line)
        for folder in [*apps().values(), ROOT / "site" / "config"]
        for path in modules(folder)
        for target, line, _top in imported(ast.parse(path.read_text()))
        if target == "site"
    ]
    assert wrong == []
    assert not (ROOT / "site" / "__init__.py").exists()


def code_files():
    beside = [ROOT / name for name in ("site/config", "deploy", "bench", "audit")]
    for folder in [*apps().values(), *beside]:
        if folder.exists():
            yield from modules(folder)


def test_there_is_no_room_for_odds_and_ends():
    names = {"utils", "util", "helpers", "misc", "common"}
    wrong = [str(path.relative_to(ROOT)) for path in code_files() if names & {path.stem, path.parent.name}]
    assert wrong == []


def test_a_module_stays_short_enough_to_read():
    long = {}
    for path in code_files():
        if (lines := len(path.read_text().splitlines())) > MODULE_LINES:
            long[str(path.relative_to(ROOT))] = lines
    assert long == {}


@pytest.mark.parametrize("app", sorted(apps()))
def test_an_app_is_installed_and_its_migrations_are_numbered_in_one_line(app, settings):
    assert app in settings.INSTALLED_APPS
    found = sorted(path.name for path in apps()[app].glob("migrations/0*.py"))
    has_models = any(folder.exists() for folder in (apps()[app] / "models.py", apps()[app] / "models"))
    concrete = has_models and app not in ("scoring",)  # scoring's models are abstract
    assert found[:1] == (["0001_initial.py"] if concrete else [])
    assert [name[:4] for name in found] == [f"{number:04}" for number in range(1, len(found) + 1)]
