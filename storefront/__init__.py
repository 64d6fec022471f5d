"""What the public sees: a slim blueprint of pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
