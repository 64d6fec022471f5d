"""The backoffice as one Flask-Admin site: which screens there are."""

from flask import Flask
from flask_admin import Admin
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
from backoffice.staff.roles import Roles
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
    tables = (
        Games(Game, endpoint="games"),
        Publishers(Publisher, endpoint="publishers"),
        Categories(Category, endpoint="categories"),
        Mechanics(Mechanic, endpoint="mechanics"),
        Levels(StockLevel, endpoint="levels"),
        Movements(StockMovement, endpoint="movements"),
        Locations(Location, endpoint="locations"),
        Staff(Account, endpoint="staff"),
        Roles(Role, endpoint="roles"),
        Audit(AuditEntry, endpoint="audit"),
    )
    pages = (
        Prices(endpoint="prices"),
        Receipts(endpoint="receipts", url="receipts"),
        WriteOffs(endpoint="write_offs", url="write-offs"),
        Transfers(endpoint="transfers"),
        Documents(endpoint="documents"),
        Why(endpoint="why"),
        Holdings(endpoint="holdings"),
        Checks(endpoint="checks"),
        Find(endpoint="find"),
    )
    for screen in (*tables, *pages):
        admin.add_view(screen)
    menu.init_app(app)
