"""Tests stand where their modules stand, and templates name permissions that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

from shop.accounts.rules import Permission

ROOT = Path(__file__).parents[2]
PACKAGES = ("shop", "web", "backoffice", "storefront", "commands", "demo")
MIRRORED = 0.95
NOT_MIRRORED = {"models"}  # tables are tried through the operations and queries that use them


def _modules() -> Iterator[Path]:
    """The modules that say something: those with a function or a class."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if (
                "versions" not in parts
                and not NOT_MIRRORED & set(parts)
                and re.search(r"^(async )?(def|class) ", path.read_text(), re.MULTILINE)
            ):
                yield path


def _mirror(path: Path) -> Path:
    inside = path.relative_to(ROOT)
    name = inside.parent.name if inside.name == "__init__.py" else inside.stem
    folder = inside.parent.parent if inside.name == "__init__.py" else inside.parent
    return ROOT / "tests" / folder / f"test_{name.lstrip('_')}.py"


def test_nearly_every_module_has_its_tests_at_the_mirrored_path() -> None:
    modules = list(_modules())
    without = [str(path.relative_to(ROOT)) for path in modules if not _mirror(path).exists()]
    assert len(without) <= (1 - MIRRORED) * len(modules), without


def test_every_permission_that_a_template_names_exists() -> None:
    named = set()
    for template in ROOT.glob("*/**/templates/**/*.html"):
        named |= set(re.findall(r'may\("([^"]+)"\)', template.read_text()))
    assert named <= set(Permission)
