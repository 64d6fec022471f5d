"""What the staff use: Flask-Admin screens, forms and commands."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the screens and commands."""
