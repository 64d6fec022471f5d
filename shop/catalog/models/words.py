"""The reference tables: publishers, categories, mechanics and designers."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shop.columns import sort_text
from shop.db import Base


class Publisher(Base):
    """Who publishes a game. `key` is the name folded, so that two spellings of one name meet."""

    __tablename__ = "publisher"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    sort_key: Mapped[str] = mapped_column(sort_text(160), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name


class Category(Base):
    """A theme of games, with its Ukrainian and English name."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    sort_key: Mapped[str] = mapped_column(sort_text(120), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name


class Mechanic(Base):
    """A way in which games are played, with its Ukrainian and English name."""

    __tablename__ = "mechanic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    sort_key: Mapped[str] = mapped_column(sort_text(120), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name


class Designer(Base):
    """Who made up a game."""

    __tablename__ = "designer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)

    def __str__(self) -> str:
        return self.name
