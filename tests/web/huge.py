"""The shop with one export more, larger than any buffer; Gunicorn serves it in the tests of places."""

from collections.abc import Iterator

from flask import Flask, Response

from app import create_app
from backoffice.exports import csv_answer
from web.places import Numbers

STALL_SECONDS = 10.0


def _rows() -> Iterator[tuple[str, int]]:
    return (("рядок " * 20, number) for number in range(2_000_000))


def made() -> Flask:
    """What Gunicorn asks for."""
    app = create_app(PLACES=Numbers(stall_seconds=STALL_SECONDS))

    @app.get("/admin/huge/export/csv/")
    def huge() -> Response:
        return csv_answer("Huge", ["text", "number"], _rows())

    return app
