"""The sessions of accounts as a table: each sign-in of a browser is one row, for as long as it may be used."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models.account import Account
from shop.columns import UtcTime
from shop.db import Base


class AccountSession(Base):
    """A browser in which somebody is signed in. Its cookies carry a token; the row has only the token's hash."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_account_id_seen_at", "account_id", "seen_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    user_agent: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(45))
    device_hash: Mapped[str] = mapped_column(String(64))
    """The hash of the cookie by which a browser is known again after it signed out."""
    account: Mapped[Account] = relationship(lazy="raise")
