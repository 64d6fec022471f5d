"""What is extracted for translators, and what counts as a mistake."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from translations.catalogues import extract

PYTHON = """
# Translators: a permission, never a button.
lazy_pgettext("permission", "Reprice")
npgettext("deed", "%(num)d low", "%(num)d are low", count)
_p("state", "open")
ngettext("%(num)d box", "%(num)d boxes", count)
"""
TEMPLATE = """
{# Translators: stands above a column. #}
{{ pgettext("column", "Reprice") }}
{{ npgettext("chip", "%(num)d left", "%(num)d are left", count) }}
{{ ngettext("%(num)d bag", "%(num)d bags", count) }}
"""


@pytest.fixture
def found(tmp_path: Path) -> Catalog:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "words.py").write_text(PYTHON)
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "page.html").write_text(TEMPLATE)
    return extract(tmp_path)


@pytest.mark.parametrize(
    ("text", "context", "told"),
    [
        ("Reprice", "permission", ["Translators: a permission, never a button."]),
        ("Reprice", "column", ["stands above a column."]),
        ("open", "state", []),
        ("%(num)d low", "deed", []),
        ("%(num)d left", "chip", []),
        ("%(num)d box", None, []),
        ("%(num)d bag", None, []),
    ],
)
def test_contexts_and_comments_reach_the_translator(
    found: Catalog, text: str, context: str | None, told: list[str]
) -> None:
    message = found.get(text, context)
    assert message is not None
    assert message.auto_comments == told
    assert isinstance(message.id, tuple) == text.startswith("%(num)d")


def test_one_text_in_two_contexts_is_two_texts(found: Catalog) -> None:
    assert found.get("Reprice") is None
    assert len([message for message in found if message.id == "Reprice"]) == 2
