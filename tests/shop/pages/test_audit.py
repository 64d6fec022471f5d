"""Who changed a game: by its number, with its editions and nothing else."""

from dataclasses import replace

import pytest

from shop.audit.queries import AuditFilter
from shop.audit.rules import AuditCode
from shop.catalog.operations import games
from shop.catalog.rules.facts import GameFacts, stored_facts
from shop.db import transaction
from shop.pages.audit import entries_with_parts
from shop.paging import Place
from tests.factories import AT, SYSTEM, editions_of, make_game

pytestmark = pytest.mark.usefixtures("app")


def test_the_entries_of_a_game_are_asked_by_its_id_whatever_it_was_called_and_bring_those_of_its_editions() -> None:
    game, other = make_game(title="Каркасон"), make_game(title="Каркасон")
    editions = [replace(stored_facts(each), price=each.price + 10) for each in editions_of(game)]
    with transaction():
        games.change_game(game.id, GameFacts("Замки"), editions, version=game.version, actor=SYSTEM, at=AT)
    wanted = AuditFilter(subject_kind="game", subject_id=game.id)
    found = entries_with_parts(wanted, place=Place(), size=50, permissions=())
    codes = {each.code for each in found.rows}
    assert codes >= {AuditCode.GAME_ADDED, AuditCode.EDITION_ADDED, AuditCode.GAME_CHANGED, AuditCode.EDITION_REPRICED}
    mine = {("game", game.id), *(("edition", each.id) for each in editions_of(game))}
    assert {(each.subject_kind, each.subject_id) for each in found.rows} == mine
    assert other.id not in {each.subject_id for each in found.rows if each.subject_kind == "game"}
