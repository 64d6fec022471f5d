"""The grain of the code: small modules, functions and templates, and one place that commits."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("shop", "web", "backoffice", "storefront", "api", "demo", "translations", "bench")
LOOSE = ("app.py", "settings.py")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "managers", "misc"}


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts)
    yield from (ROOT / name for name in LOOSE)


def _templates() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.html")


def test_no_module_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in _modules()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = []
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60:
                long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert long == []


def test_no_template_is_longer_than_250_lines_and_no_test_than_600() -> None:
    assert [str(path) for path in _templates() if len(path.read_text().splitlines()) > 250] == []
    tests = (ROOT / "tests").rglob("*.py")
    assert [str(path) for path in tests if len(path.read_text().splitlines()) > 600] == []


def test_no_line_is_longer_than_can_be_read() -> None:
    """120 in Python, which ruff checks too; 160 in templates, styles and scripts."""
    parts = [
        *_templates(),
        *(path for kind in ("css", "js") for path in (ROOT / "static").rglob(f"*.{kind}")),
    ]
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for most, paths in ((120, _modules()), (160, parts))
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > most
    ]
    assert long == []


def test_only_the_database_module_commits() -> None:
    """A library's own commit (Flask-Security's, after a password change) is not ours to forbid."""
    guilty = [
        str(path.relative_to(ROOT))
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert set(guilty) <= {"shop/db.py", "shop/migrations/env.py", "bench/seed.py"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {path.stem for path in _modules()}
    assert names & FORBIDDEN_NAMES == set()


def test_no_template_has_an_inline_handler_or_style() -> None:
    """The content security policy would silently switch them off."""
    for path in _templates():
        text = path.read_text()
        for mark in (" style=", " onclick=", " onchange=", " onsubmit=", "javascript:"):
            assert mark not in text, f"{path}: {mark}"


def test_the_maps_in_both_readmes_name_every_folder() -> None:
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and path.name not in ("data", "build")
    }
    for readme in ("README.md", "README.uk.md"):
        text = (ROOT / readme).read_text()
        assert {folder for folder in folders if f"`{folder}/`" not in text} == set()
