"""Keeping the columns by which a game is found, sorted and filtered in step with what they repeat."""

from sqlalchemy import delete, func, insert, select

from shop.catalog.models import Edition, Game, GameTerm, Publisher
from shop.catalog.rules.spelling import fold, sort_key, terms
from shop.db import db


def refresh_finding(game: Game) -> None:
    """Rewrite the sort key, the folded text and the words of a game from its titles, publisher, SKUs and barcodes."""
    codes = db.session.execute(select(Edition.sku, Edition.ean13).where(Edition.game_id == game.id)).all()
    publisher = db.session.get(Publisher, game.publisher_id) if game.publisher_id else None
    texts = [game.title, game.title_original, publisher.name if publisher else ""]
    texts += [code for row in codes for code in row if code]
    game.sort_key = sort_key(game.title)
    game.search_text = " ".join(dict.fromkeys(fold(" ".join(texts)).split()))
    wanted = terms(*texts)
    present = set(db.session.scalars(select(GameTerm.term).where(GameTerm.game_id == game.id)))
    if present - wanted:
        db.session.execute(delete(GameTerm).where(GameTerm.game_id == game.id, GameTerm.term.in_(present - wanted)))
    if wanted - present:
        rows = [{"term": term, "game_id": game.id} for term in sorted(wanted - present)]
        db.session.execute(insert(GameTerm), rows)


def refresh_price_from(game: Game) -> None:
    """Set the lowest price at which a game is sold, in any condition; none when nothing of it is on sale."""
    on_sale = (Edition.game_id == game.id) & Edition.archived_at.is_(None)
    game.price_from = db.session.scalar(select(func.min(Edition.price)).where(on_sale))
