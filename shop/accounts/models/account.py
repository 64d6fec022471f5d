"""Accounts as a table; Flask-Security's mixin gives it what signing in needs."""

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models.role import Role
from shop.accounts.rules import Permission, permissions_of
from shop.audit.rules import Actor, Subject
from shop.columns import UtcTime
from shop.db import Base

account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", Integer, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Integer, ForeignKey("role.id"), primary_key=True, index=True),
)


class Account(Base, UserMixin):
    """Someone who signs in. Never deleted, only deactivated: their deeds stay theirs."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    """Flask-Security wants it; sessions are told apart by their own tokens."""
    demo_password: Mapped[str | None] = mapped_column(String(255))
    """The hash of the known demo password; while it equals `password`, the demo password is in use."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)
    roles: Mapped[list[RoleMixin]] = relationship(Role, secondary=account_role, lazy="selectin", order_by=Role.id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that the account's roles open."""
        return permissions_of((role.name, role.permissions or ()) for role in self.roles)

    @property
    def actor(self) -> Actor:
        """The account as the doer of a deed."""
        return Actor.staff(self.id, self.name)

    @property
    def subject(self) -> Subject:
        """The account as what a deed is about."""
        return Subject("account", self.id, self.name)

    def may(self, permission: Permission) -> bool:
        """Whether the account may do a deed."""
        return permission in self.permissions
