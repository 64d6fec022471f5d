"""The menu: what one's role opens, in the order of the jobs."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.db import transaction
from tests.clients import Browser

SEEN = {
    "owner": ["Сьогодні", "Каталог", "Прийняти", "Склад", "Звіти", "Персонал"],
    "warehouse": ["Сьогодні", "Каталог", "Прийняти", "Склад"],
    "viewer": ["Сьогодні", "Каталог", "Склад", "Звіти"],
}


def _links(page: str, css: str) -> list[str]:
    found = re.findall(rf'<a class="{css}"[^>]*>(.*?)</a>', page, flags=re.S)
    return [re.sub(r"<svg.*?</svg>", "", each, flags=re.S).strip() for each in found]


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_the_jobs_that_it_opens(staff: Callable[..., Browser], role: str) -> None:
    seen = [label for label in _links(staff(role).get("/admin/").text, "nav") if label in SEEN["owner"]]
    assert seen == SEEN[role]


def test_the_open_job_shows_its_screens(manager: Browser) -> None:
    page = manager.get("/admin/movements/").text
    assert _links(page, "nav sub")[:2] == ["Залишки", "Рух товару"]
    assert 'aria-current="page">Рух товару' in page


def test_a_screen_that_the_menu_does_not_name_still_opens_its_job(manager: Browser) -> None:
    assert "Рух товару" in _links(manager.get("/admin/documents/", follow_redirects=True).text, "nav sub")


def test_a_translator_lands_on_the_first_page_that_opens_and_the_menu_names_nothing_closed(
    staff: Callable[..., Browser],
) -> None:
    translator = staff("translator")
    landed = translator.get("/admin/", follow_redirects=True)
    assert (landed.status_code, landed.request.path) == (200, "/admin/devices/")
    assert _links(landed.text, "nav") == ["Мої пристрої"]
    assert "data-find" not in landed.text
    assert "Облік сходиться" not in landed.text


def test_who_sees_only_the_catalogue_lands_on_the_games(
    app: Flask, staff: Callable[..., Browser], actor: Actor, now: datetime
) -> None:
    with transaction():
        accounts.add_role("catalogue", permissions=[Permission.CATALOG_READ], actor=actor, at=now)
    assert staff("catalogue").get("/admin/").headers["Location"] == "/admin/games/"
