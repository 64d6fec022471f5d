"""The backoffice as the application takes it in."""

import pytest
from flask import Flask, current_app
from jinja2 import TemplateNotFound

from backoffice import HERE, JOBS


def test_templates_are_found_in_the_folder_of_their_job_under_its_name(app: Flask) -> None:
    found = current_app.jinja_env.get_template("backoffice/catalog/words.html").filename
    assert found == str(HERE / "catalog" / "templates" / "words.html")
    with pytest.raises(TemplateNotFound):
        current_app.jinja_env.get_template("backoffice/words.html")


def test_each_job_has_templates_of_its_own() -> None:
    assert all(list((HERE / job / "templates").glob("*.html")) for job in JOBS)
