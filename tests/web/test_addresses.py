"""Where a page may lead back to."""

import pytest
from flask import Flask

from tests.web.test_signing_in import ELSEWHERE
from web.addresses import own_address


@pytest.mark.parametrize("address", ["/admin/games/?page=2", "/auth/verify", "http://localhost/admin/games/?page=2"])
def test_an_address_of_this_site_is_kept_without_its_host(app: Flask, address: str) -> None:
    with app.test_request_context("/", base_url="http://localhost"):
        assert own_address(address) == address.removeprefix("http://localhost")


@pytest.mark.parametrize("address", [*ELSEWHERE, "http://[", "", "admin/"])
def test_any_other_is_replaced(app: Flask, address: str) -> None:
    with app.test_request_context("/", base_url="http://localhost"):
        assert own_address(address) == "/admin/"
        assert own_address(address, "/") == "/"
