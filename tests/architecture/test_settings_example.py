"""The container files know exactly the variables of settings.py."""

import re
from pathlib import Path

import pytest

import settings

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
NOT_FOR_THE_APPLICATION = {"HTTP_PORT"}  # the host's port, which Compose itself uses
IN_THE_IMAGE = {"FLASK_APP"}


def _blocks() -> dict[str, tuple[list[str], str]]:
    """Each variable of the example: the comment right above it, and its value."""
    found = {}
    for block in EXAMPLE.split("\n\n"):
        *comments, line = block.strip().splitlines()
        if not line.startswith("#"):
            name, value = line.split("=", 1)
            found[name] = ([comment.removeprefix("# ") for comment in comments], value)
    return found


def test_the_example_lists_every_variable_and_none_else() -> None:
    assert list(_blocks()) == [variable.name for variable in settings.VARIABLES]


@pytest.mark.parametrize("variable", settings.VARIABLES, ids=lambda variable: variable.name)
def test_the_example_says_what_a_variable_is_for_and_what_it_is_by_default(variable: settings.Variable) -> None:
    comments, value = _blocks()[variable.name]
    assert comments[0] == variable.sentence
    assert value == (variable.default or "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SECRET_KEY"])
def test_the_example_has_no_secret_but_says_how_to_make_one(name: str) -> None:
    comments, value = _blocks()[name]
    assert value == ""
    assert any("openssl rand" in comment for comment in comments)


def test_compose_gives_every_variable_to_the_application() -> None:
    web = COMPOSE.split("  nginx:\n", 1)[0]
    given = set(re.findall(r"^      ([A-Z_]+):", web, re.MULTILINE))
    assert given == {variable.name for variable in settings.VARIABLES} - NOT_FOR_THE_APPLICATION - IN_THE_IMAGE


@pytest.mark.parametrize("variable", settings.VARIABLES, ids=lambda variable: variable.name)
def test_compose_has_the_same_defaults_and_no_default_secret(variable: settings.Variable) -> None:
    for operator, default in re.findall(rf"\$\{{{variable.name}(:[-?])([^}}]*)\}}", COMPOSE):
        if variable.default is None:
            assert (operator, "openssl rand" in default) == (":?", True)
        else:
            assert (operator, default) == (":-", variable.default)
