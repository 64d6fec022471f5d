"""The log: lines of JSON that tell of each request and name nobody."""

import json
import logging

import pytest
from flask import Flask, g

from tests.clients import browser
from web.logs import JsonLines


def _record(**more: object) -> logging.LogRecord:
    record = logging.LogRecord("shop", logging.WARNING, __file__, 1, "Записано: %s", ("Каркасон",), None)
    record.__dict__.update(more)
    return record


def test_a_record_is_one_line_of_json() -> None:
    text = JsonLines().format(_record(facts={"status": 200}))
    assert "\n" not in text
    assert "Каркасон" in text  # not as six letters of ASCII each
    line = json.loads(text)
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "shop", "Записано: Каркасон")
    assert line["status"] == 200
    assert line["time"].endswith("+00:00")


def test_a_failure_stays_on_its_line() -> None:
    try:
        raise ZeroDivisionError("нуль")
    except ZeroDivisionError as error:
        text = JsonLines().format(_record(exc_info=(type(error), error, error.__traceback__)))
    assert "\n" not in text
    assert json.loads(text)["exception"].endswith("ZeroDivisionError: нуль")


def test_a_line_carries_the_id_of_its_request(app: Flask) -> None:
    with app.test_request_context("/"):
        g.request_id = "5f" * 16
        assert json.loads(JsonLines().format(_record()))["request_id"] == "5f" * 16
    assert "request_id" not in json.loads(JsonLines().format(_record()))


def test_a_request_is_told_without_what_was_searched_for(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="shop"):
        browser(app).get("/?q=Олена")
        browser(app).get("/healthz")
    facts = [record.__dict__["facts"] for record in caplog.records if record.message == "request"]
    assert [(each["method"], each["path"], each["status"]) for each in facts] == [("GET", "/", 200)]
    assert facts[0]["milliseconds"] >= 0
    assert "Олена" not in caplog.text
