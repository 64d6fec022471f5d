"""Which language a page is in."""

import pytest
from flask import Flask

from tests.clients import browser


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("path", "title"), [("/", "Настільні ігри для тих"), ("/en/", "Board games for those")])
def test_a_page_speaks_ukrainian_unless_its_address_says_english(app: Flask, path: str, title: str) -> None:
    page = browser(app).get(path, headers={"Accept-Language": "en, ru;q=0.9"}).text
    assert f'<html lang="{"en" if path == "/en/" else "uk"}"' in page
    assert title in page
