"""The storefront as the application takes it in."""

import logging
from dataclasses import replace

import pytest
from flask import Flask

import storefront
from settings import Seller

NOBODY = Seller(name="", address="", email="", phone="", tax_id="")


def _taken_in(seller: Seller, *, demo: bool = False) -> Flask:
    app = Flask("shop_of_tests")
    app.config.update(SELLER=seller, DEMO=demo)
    storefront.init_app(app)
    return app


def test_all_pages_of_the_public_stand_at_their_addresses_in_both_languages() -> None:
    addresses = {rule.rule for rule in _taken_in(NOBODY, demo=True).url_map.iter_rules()}
    english = "/<any(en):language>"
    assert {"/", f"{english}/", "/games/<slug>", f"{english}/games/<slug>", "/robots.txt"} <= addresses


def test_a_shop_without_the_details_of_its_seller_is_warned(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        _taken_in(replace(NOBODY, name="ФОП Шевченко"))
        _taken_in(NOBODY, demo=True)
    assert not caplog.records
    with caplog.at_level(logging.WARNING):
        _taken_in(NOBODY)
    assert "SELLER_NAME" in caplog.text
