"""Keeping the words by which games are found in step with their titles, publishers, SKUs and barcodes."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from shop.catalog.models import Edition, EditionCode, Game, GameTerm, Publisher
from shop.catalog.rules.spelling import terms
from shop.db import db

Term = tuple[int, str]


def refresh_terms(game_ids: Sequence[int]) -> None:
    """Rewrite the words of some games; six statements at most, however many games there are."""
    if not game_ids:
        return
    texts: dict[int, list[str]] = {}
    named = select(Game.id, Game.title, Game.title_original, Publisher.name).outerjoin(Game.publisher)
    for game_id, *names in db.session.execute(named.where(Game.id.in_(game_ids))):
        texts[game_id] = [name or "" for name in names]
    codes = select(Edition.game_id, Edition.sku, Edition.ean13).where(Edition.game_id.in_(game_ids))
    for game_id, sku, ean13 in db.session.execute(codes):
        texts[game_id] += [sku, ean13 or ""]
    others = select(Edition.game_id, EditionCode.code).join(Edition, Edition.id == EditionCode.edition_id)
    for game_id, code in db.session.execute(others.where(Edition.game_id.in_(game_ids))):
        texts[game_id].append(code)
    stored = select(GameTerm.game_id, GameTerm.term).where(GameTerm.game_id.in_(game_ids))
    present = {(game_id, term) for game_id, term in db.session.execute(stored)}
    change_terms(present, {(game_id, term) for game_id, each in texts.items() for term in terms(*each)})


def change_terms(before: Collection[Term], after: Collection[Term]) -> None:
    """Take away the words that are in `before` only, and add those in `after` only."""
    gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    if gone:
        pairs = tuple_(GameTerm.game_id, GameTerm.term).in_(gone)
        db.session.execute(delete(GameTerm).where(pairs).execution_options(synchronize_session=False))
    if new:
        _add(new)


def _add(rows: Iterable[Term]) -> None:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = [{"game_id": game_id, "term": term} for game_id, term in rows]
    db.session.execute(insert(GameTerm).on_conflict_do_nothing(), values)
