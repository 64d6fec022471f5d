"""How often a password was tried and failed, as a table that all workers share."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shop.columns import UtcTime
from shop.db import Base


class AttemptCount(Base):
    """The attempts under one key since the last quiet hour. A key is a hash: the table holds no addresses."""

    __tablename__ = "attempt_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    closed_until: Mapped[datetime | None] = mapped_column(UtcTime)
