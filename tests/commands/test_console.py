"""What all commands share."""

from datetime import UTC

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from commands.console import at_the_console, now, plainly
from shop.audit.rules import ActorKind
from shop.errors import Invalid


def test_a_refusal_is_one_line_and_exit_code_1(app: Flask) -> None:
    @click.command()
    @plainly
    def refusing() -> None:
        raise Invalid("name_missing", "Give a name.", field="name")

    result = CliRunner().invoke(refusing)
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_a_mistake_of_the_program_is_not_hidden() -> None:
    @plainly
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()


def test_a_command_acts_under_a_name_of_its_own_at_this_moment(app: Flask) -> None:
    actor = at_the_console()
    assert (actor.kind, actor.id) == (ActorKind.COMMAND, None)
    assert actor.name
    assert now().tzinfo is UTC
