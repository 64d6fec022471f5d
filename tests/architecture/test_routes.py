"""Every route with the permission that opens it, tried by each role and by somebody who is not signed in."""

from datetime import datetime

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from shop.accounts import operations as accounts
from shop.accounts.rules import ROLES, Permission
from shop.audit.rules import Actor
from shop.db import transaction
from tests.clients import Browser, browser
from tests.factories import editions_of, make_game, make_location, make_stock
from web.passwords import new_password

P = Permission
PUBLIC, SIGNED_IN = "public", "signed in"
TABLE = {
    "static": PUBLIC,
    "health.healthz": PUBLIC,
    "health.readyz": PUBLIC,
    "storefront.catalogue": PUBLIC,
    "storefront.game": PUBLIC,
    "storefront.robots": PUBLIC,
    "language.choose_language": PUBLIC,
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.static": PUBLIC,
    "security.change_password": SIGNED_IN,
    "security.verify": SIGNED_IN,
    "devices.index": SIGNED_IN,
    "devices.end": SIGNED_IN,
    "devices.end_others": SIGNED_IN,
    "admin.static": PUBLIC,
    "admin.index": SIGNED_IN,
    "boxes.index": P.STOCK_RECEIVE,
    "boxes.set_aside": P.STOCK_RECEIVE,
    "boxes.settle": P.CATALOG_WRITE,
    "checks.index": P.STOCK_READ,
    "checks.run": P.STOCK_READ,
    "games.index_view": P.CATALOG_READ,
    "games.create_view": P.CATALOG_WRITE,
    "games.edit_view": P.CATALOG_READ,
    "games.action_view": P.CATALOG_READ,
    "games.export": P.CATALOG_READ,
    "games.lookup": P.CATALOG_READ,
    "games.retire": P.CATALOG_WRITE,
    "games.restore": P.CATALOG_WRITE,
    "games.hide": P.CATALOG_WRITE,
    "publishers.lookup_add": P.CATALOG_WRITE,
    "levels.index_view": P.STOCK_READ,
    "levels.action_view": P.STOCK_READ,
    "levels.export": P.STOCK_READ,
    "movements.index_view": P.STOCK_READ,
    "movements.export": P.STOCK_READ,
    "locations.index_view": P.STOCK_READ,
    "locations.create_view": P.STOCK_WRITE,
    "locations.edit_view": P.STOCK_READ,
    "locations.archive": P.STOCK_WRITE,
    "locations.restore": P.STOCK_WRITE,
    "staff.index_view": P.STAFF_WRITE,
    "staff.create_view": P.STAFF_WRITE,
    "staff.edit_view": P.STAFF_WRITE,
    "staff.password": P.STAFF_WRITE,
    "staff.deactivate": P.STAFF_WRITE,
    "staff.restore": P.STAFF_WRITE,
    "staff.sessions": P.STAFF_WRITE,
    "staff.end_session": P.STAFF_WRITE,
    "staff.end_sessions": P.STAFF_WRITE,
    "roles.index_view": P.ROLE_WRITE,
    "roles.create_view": P.ROLE_WRITE,
    "roles.edit_view": P.ROLE_WRITE,
    "roles.delete_view": P.ROLE_WRITE,
    "audit.index_view": P.AUDIT_READ,
    "audit.export": P.AUDIT_READ,
    "prices.index": P.PRICE_WRITE,
    "prices.apply": P.PRICE_WRITE,
    "prices.batch": P.CATALOG_READ,
    "prices.undo": P.PRICE_WRITE,
    "receipts.index": P.STOCK_RECEIVE,
    "write_offs.index": P.STOCK_WRITE_OFF,
    "transfers.index": P.STOCK_TRANSFER,
    "documents.start": P.STOCK_READ,
    "documents.index": P.STOCK_READ,
    "documents.undo": P.STOCK_REVERSE,
    "why.start": P.STOCK_READ,
    "why.index": P.STOCK_READ,
    "why.adjust": P.STOCK_ADJUST,
    "holdings.index": P.REPORT_READ,
    "holdings.export": P.REPORT_READ,
    "find.index": P.CATALOG_READ,
    "find.code": P.CATALOG_READ,
    "find.editions": P.CATALOG_READ,
    "find.attach": P.CATALOG_WRITE,
    "find.detach": P.CATALOG_WRITE,
}
for _words in ("publishers", "categories", "mechanics"):
    TABLE |= {f"{_words}.{view}": P.CATALOG_READ for view in ("index_view", "edit_view", "lookup")}
    TABLE |= {f"{_words}.{view}": P.CATALOG_WRITE for view in ("create_view", "delete_view")}

WRITTEN = {f"{screen}.edit_view": P.CATALOG_WRITE for screen in ("games", "publishers", "categories", "mechanics")}
WRITTEN["locations.edit_view"] = P.STOCK_WRITE
"""Pages that more people may read than may send."""

VALUES = {
    "edition_id": 1,
    "game_id": 1,
    "location_id": 1,
    "document_id": 1,
    "batch_id": 1,
    "box_id": 404,
    "account_id": 1,
    "session_id": 404,
    "slug": "hra",
    "language": "uk",
    "filename": "web/logo.svg",
    "export_type": "csv",
}
PASSWORD = "kava-paperovyi-lis-77"


def _rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_stands_in_the_table(app: Flask) -> None:
    assert {rule.endpoint for rule in _rules(app)} ^ TABLE.keys() == set()


def _ask(client: Browser, app: Flask, rule: Rule, method: str) -> int:
    with app.test_request_context():
        values = {name: VALUES[name] for name in rule.arguments}
        address = url_for(rule.endpoint, **values)
    if rule.endpoint.endswith(("edit_view",)):
        address += "?id=1"
    return client.open(address, method=method, buffered=True).status_code


@pytest.fixture
def shop(app: Flask, actor: Actor, now: datetime) -> Flask:
    make_stock(editions_of(make_game(title="Гра"))[0], make_location(), 3)
    with transaction():
        for role in ROLES:
            accounts.add_staff(
                f"{role}@x.ua",
                name=role,
                password=new_password(PASSWORD),
                roles=[role],
                actor=actor,
                at=now,
            )
    return app


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) & {"GET", "POST"}


def _cases(app: Flask) -> list[tuple[Rule, str]]:
    left_out = {
        "security.logout",
        "security.login",
        "language.choose_language",
        "staff.end_sessions",
    }  # they change who is asking
    return [(rule, method) for rule in _rules(app) for method in _methods(rule) if rule.endpoint not in left_out]


def test_somebody_who_is_not_signed_in_gets_the_public_pages_and_a_door(shop: Flask) -> None:
    client = browser(shop)
    for rule, method in _cases(shop):
        status = _ask(client, shop, rule, method)
        needed = TABLE.get(rule.endpoint)
        if needed == PUBLIC:
            assert status in (200, 404), (rule.endpoint, status)
        else:
            assert status in ((302, 401, 403) if method == "POST" else (302,)), (rule.endpoint, method, status)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_opens_what_its_permissions_name_and_nothing_else(shop: Flask, role: str) -> None:
    client = browser(shop)
    assert client.sign_in(f"{role}@x.ua", PASSWORD).status_code == 302
    for rule, method in _cases(shop):
        status = _ask(client, shop, rule, method)
        needed = TABLE.get(rule.endpoint)
        case = (rule.endpoint, method, status)
        if needed in (PUBLIC, SIGNED_IN) or needed in ROLES[role]:
            if method == "POST" and rule.endpoint in WRITTEN and WRITTEN[rule.endpoint] not in ROLES[role]:
                assert status == 403, case
            else:
                assert status not in (401, 403, 500), case
        else:
            assert status == 403, case
