"""Every component is known and pinned: those the portal names, and those these bring along."""

from deploy import components


def test_what_is_installed_is_what_the_list_says():
    installed = components.brought_along()
    assert {name: components.pinned().get(name) for name in installed} == installed


def test_what_a_component_brings_along_is_in_the_list():
    assert {"django", "twisted", "sqlparse", "pyjwt", "fido2"} <= components.pinned().keys()


def test_the_list_holds_where_the_portal_is_installed():
    first = (components.ROOT / "requirements.txt").read_text().splitlines()[0]
    assert first == f"-c {components.FILE.name}"
