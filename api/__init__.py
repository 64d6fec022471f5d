"""What programs use: REST under /api/v1 with tokens; its endpoints follow in an issue of their own."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the endpoints: none yet."""
