"""The commands as the application takes them in."""

from flask import Flask

import commands
from demo.load import PASSWORD


def test_a_shell_has_the_commands_for_staff_stock_and_demo() -> None:
    app = Flask("shop_of_tests")
    commands.init_app(app)
    assert {"staff", "stock", "demo"} <= set(app.cli.commands)
    assert app.config["DEMO_PASSWORD"] == PASSWORD
