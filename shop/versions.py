"""One counter for each published thing: whoever keeps a copy of it asks whether its number is still the same."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Mapped, mapped_column

from shop.columns import EnumText
from shop.db import Base, at_the_end, db


class Published(StrEnum):
    """What is shown from copies."""

    CATALOGUE = "catalogue"  # what the storefront shows of games, editions, prices and whether they can be had
    MENU = "menu"  # categories and mechanics to choose from
    STAFF = "staff"  # who may sign in, with what permissions
    STOCK = "stock"  # the last verification of the stock, as every page of the staff tells of it
    WORDS = "words"  # the texts of the interface


class PublishedVersion(Base):
    """How often a published thing has changed."""

    __tablename__ = "published_version"

    name: Mapped[Published] = mapped_column(EnumText(Published), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


_NUMBERS = select(PublishedVersion.name, PublishedVersion.number)


def raised(*published: Published) -> None:
    """Say within a transaction that something published changes with it.

    The counter is written last of all, so that deeds which raise the same one hold each other up only while they end.
    """
    for name in published:
        at_the_end(f"version:{name}", partial(_raise, name))


def numbers(connection: Connection | None = None) -> Mapping[Published, int]:
    """All counters, in one small statement; on a connection of `reading()` or on the session's."""
    rows = (connection or db.session).execute(_NUMBERS)
    return {name: number for name, number in rows}  # noqa: C416 - rows are not pairs to the type checker


def _raise(name: Published) -> None:
    row = update(PublishedVersion).where(PublishedVersion.name == name)
    db.session.execute(row.values(number=PublishedVersion.number + 1).execution_options(synchronize_session=False))
