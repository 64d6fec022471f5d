"""A game: the facts that all its editions share, and the columns by which it is found and sorted."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models.words import Category, Designer, Mechanic, Publisher
from shop.catalog.rules.states import GameState
from shop.columns import EnumText, Hundredths, Money, UtcTime, sort_text
from shop.db import Base


def _game_link(name: str, target: str) -> Table:
    return Table(
        f"game_{name}",
        Base.metadata,
        Column("game_id", Integer, ForeignKey("game.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{name}_id", Integer, ForeignKey(target), primary_key=True),
        Index(f"ix_game_{name}_{name}_id", f"{name}_id"),
    )


game_category = _game_link("category", "category.id")
game_mechanic = _game_link("mechanic", "mechanic.id")
game_designer = _game_link("designer", "designer.id")


_SORTED_BY = {"new": "created_at", "price": "price_from", "title": "sort_key"}


def _shown_index(name: str, *columns: str) -> Index:
    """An index of the games that are on sale."""
    shown = text("state = 'on_sale'")
    return Index(f"ix_game_{name}", *columns, sqlite_where=shown, postgresql_where=shown)


class Game(Base):
    """What people play. It is sold as one or more editions, which carry the price and the stock.

    `price_from` (the lowest price of its editions on sale) and `in_stock` (whether any of them can be promised) repeat
    what editions and levels say, so that a page of the catalogue is one indexed read; `stock verify` compares them.
    `was_in_stock` stays true once a copy could be promised: only such a game can be sold out.
    """

    __tablename__ = "game"
    __table_args__ = (
        CheckConstraint("min_players >= 1 AND max_players >= min_players", name="players"),
        CheckConstraint(
            "best_players IS NULL OR best_players BETWEEN min_players AND max_players", name="best_players"
        ),
        CheckConstraint("min_minutes >= 1 AND max_minutes >= min_minutes", name="minutes"),
        CheckConstraint("min_age BETWEEN 0 AND 21", name="min_age"),
        CheckConstraint("weight BETWEEN 100 AND 500", name="weight"),
        Index("ix_game_sort_key_id", "sort_key", "id"),
        Index("ix_game_sort_key_id_state", "sort_key", "id", "state"),  # state first would lure SQLite from better ones
        *(_shown_index(f"shown_{name}", column, "id") for name, column in _SORTED_BY.items()),
        *(_shown_index(f"stock_{name}", "in_stock", column, "id") for name, column in _SORTED_BY.items()),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    title_original: Mapped[str] = mapped_column(String(200), default="")
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("publisher.id"), index=True)
    year: Mapped[int | None]
    min_players: Mapped[int | None]
    max_players: Mapped[int | None]
    best_players: Mapped[int | None]
    min_minutes: Mapped[int | None]
    max_minutes: Mapped[int | None]
    min_age: Mapped[int | None]
    weight: Mapped[Decimal | None] = mapped_column(Hundredths)
    description: Mapped[str] = mapped_column(Text, default="")
    bgg_id: Mapped[int | None] = mapped_column(unique=True)
    is_expansion: Mapped[bool] = mapped_column(default=False)
    base_game_id: Mapped[int | None] = mapped_column(ForeignKey("game.id"), index=True)
    price_from: Mapped[Decimal | None] = mapped_column(Money)
    in_stock: Mapped[bool] = mapped_column(default=False)
    was_in_stock: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[GameState] = mapped_column(EnumText(GameState), default=GameState.DRAFT, server_default="draft")
    sort_key: Mapped[str] = mapped_column(sort_text(240))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    publisher: Mapped[Publisher | None] = relationship()
    base_game: Mapped["Game | None"] = relationship(remote_side=[id])
    categories: Mapped[list[Category]] = relationship(secondary=game_category, order_by=Category.sort_key)
    mechanics: Mapped[list[Mechanic]] = relationship(secondary=game_mechanic, order_by=Mechanic.sort_key)
    designers: Mapped[list[Designer]] = relationship(secondary=game_designer, order_by=Designer.name)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.title


class GameTerm(Base):
    """A word by which a game is found: of its titles, publisher, SKUs and barcodes, folded."""

    __tablename__ = "game_term"
    __table_args__ = (Index("ix_game_term_game_id", "game_id"),)

    term: Mapped[str] = mapped_column(sort_text(60), primary_key=True)
    game_id: Mapped[int] = mapped_column(ForeignKey("game.id", ondelete="CASCADE"), primary_key=True)


LINKS: dict[str, tuple[type[Any], Table]] = {
    "categories": (Category, game_category),
    "mechanics": (Mechanic, game_mechanic),
    "designers": (Designer, game_designer),
}
"""The words and people of a game, by what the audit calls them, with the tables that link them to it."""
