"""Signing in: Flask-Security with our table of accounts, our rules and our pages."""

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from shop.accounts.models import Account, Role
from shop.db import db


def init_app(app: Flask) -> None:
    """Set up Flask-Security."""
    app.config.setdefault("SECURITY_PASSWORD_SINGLE_HASH", True)
    Security(app, SQLAlchemyUserDatastore(db, Account, Role))
