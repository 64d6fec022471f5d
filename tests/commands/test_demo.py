"""`flask demo`."""

from flask import Flask


def test_known_passwords_are_never_put_into_a_real_shop(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "DEMO is off" in result.output
