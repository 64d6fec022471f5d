"""Editions of games, and the one that a code names."""

import pytest
from sqlalchemy import select, text

from shop.catalog.models import Edition
from shop.catalog.queries.editions import edition_with_code, editions_of, named_by
from shop.db import db
from tests.factories import EditionFactsFactory, make_game

pytestmark = pytest.mark.usefixtures("app")


def test_editions_stand_by_their_games_the_oldest_first() -> None:
    one = make_game(EditionFactsFactory(sku="B-1"), EditionFactsFactory(sku="A-1")).id
    other = make_game(EditionFactsFactory(sku="C-1")).id
    listed = editions_of([one, other, 777])
    assert {each: [edition.sku for edition in listed[each]] for each in listed} == {
        one: ["B-1", "A-1"],
        other: ["C-1"],
        777: [],
    }


@pytest.mark.parametrize("code", ["kark-1", " KARK-1 ", "4006381333931", "4006381-333931"])
def test_an_edition_is_named_by_its_sku_or_barcode_as_people_and_scanners_give_them(code: str) -> None:
    make_game(EditionFactsFactory(sku="KARK-1", ean13="4006381333931"))
    edition = edition_with_code(code)
    assert edition is not None
    assert edition.sku == "KARK-1"


def test_a_part_of_a_code_names_nothing() -> None:
    make_game(EditionFactsFactory(sku="KARK-1"))
    assert edition_with_code("KARK") is None
    assert edition_with_code("") is None


def test_a_code_is_found_by_the_indexes_and_not_by_a_walk_through_all_editions() -> None:
    make_game(EditionFactsFactory(sku="KARK-1", ean13="4006381333931"))
    bind = db.session.get_bind()
    on_sqlite = bind.dialect.name == "sqlite"
    if not on_sqlite:
        db.session.execute(text("SET LOCAL enable_seqscan = off"))  # of a small table a walk is the cheapest way
    asked = select(Edition.id).where(named_by(["KARK-1"]))
    statement = asked.compile(bind, compile_kwargs={"literal_binds": True})
    rows = db.session.execute(text(f"EXPLAIN {'QUERY PLAN ' if on_sqlite else ''}{statement}"))
    lines = [row[-1].strip() for row in rows]
    assert lines
    assert not [line for line in lines if "Seq Scan" in line or line.startswith("SCAN edition")], lines
    for column in ("ean13", "sku", "code"):
        assert any(column in line for line in lines), lines
