"""Roles as a table; Flask-Security's mixin gives it what signing in needs."""

from flask_security.core import RoleMixin
from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.db import Base


class Role(Base, RoleMixin):
    """A set of permissions with a name. Built-in ones can't be deleted, and the owner's can't be changed."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(255), unique=True)
    """The name whatever its case: `role_key` of the rules."""
    builtin: Mapped[bool] = mapped_column(default=False)
    permissions: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
