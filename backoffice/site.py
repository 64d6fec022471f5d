"""The backoffice as one Flask-Admin site: which screens there are."""

from collections.abc import Iterator

from flask import Flask
from flask_admin import Admin, BaseView
from flask_admin.theme import Bootstrap4Theme
from flask_babel import lazy_gettext

from backoffice import menu
from backoffice.catalog.games import Games
from backoffice.catalog.prices import Prices
from backoffice.catalog.publishers import Publishers
from backoffice.catalog.vocabularies import Categories, Mechanics
from backoffice.reports.audit import Audit
from backoffice.reports.holdings import Holdings
from backoffice.staff.accounts import Staff
from backoffice.staff.own_devices import OwnDevices
from backoffice.staff.roles import Roles
from backoffice.stock.boxes import Boxes
from backoffice.stock.checks import Checks
from backoffice.stock.deeds import Receipts, Transfers, WriteOffs
from backoffice.stock.documents import Documents
from backoffice.stock.levels import Levels
from backoffice.stock.locations import Locations
from backoffice.stock.movements import Movements
from backoffice.stock.why import Why
from backoffice.today.find import Find
from backoffice.today.overview import Today
from shop.accounts.models import Account, Role
from shop.audit.models import AuditEntry
from shop.catalog.models import Category, Game, Mechanic, Publisher
from shop.stock.models import Location, StockLevel, StockMovement
from web.headers import csp_nonce


def init_app(app: Flask) -> None:
    """Register every screen."""
    admin = Admin(
        app,
        name=lazy_gettext("Hralna Komora"),
        theme=Bootstrap4Theme(base_template="backoffice/base.html"),
        index_view=Today(url="/admin"),
        csp_nonce_generator=csp_nonce,
    )
    for screen in _screens():
        admin.add_view(screen)
    menu.init_app(app)


def _screens() -> Iterator[BaseView]:
    """Every screen, in the order of the menu."""
    yield Games(Game, endpoint="games")
    yield Prices(endpoint="prices")
    yield Publishers(Publisher, endpoint="publishers")
    yield Categories(Category, endpoint="categories")
    yield Mechanics(Mechanic, endpoint="mechanics")
    yield Receipts(endpoint="receipts")
    yield Levels(StockLevel, endpoint="levels")
    yield Movements(StockMovement, endpoint="movements")
    yield WriteOffs(endpoint="write_offs", url="write-offs")
    yield Transfers(endpoint="transfers")
    yield Boxes(endpoint="boxes")
    yield Locations(Location, endpoint="locations")
    yield Checks(endpoint="checks")
    yield Documents(endpoint="documents")
    yield Why(endpoint="why")
    yield Holdings(endpoint="holdings")
    yield Audit(AuditEntry, endpoint="audit")
    yield Staff(Account, endpoint="staff")
    yield Roles(Role, endpoint="roles")
    yield OwnDevices(endpoint="devices")
    yield Find(endpoint="find")
