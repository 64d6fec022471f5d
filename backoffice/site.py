"""The backoffice as one Flask-Admin site: which screens there are."""

from flask import Flask
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import lazy_gettext

from backoffice import menu
from backoffice.screens.audit import Audit
from backoffice.screens.deeds import Receipts, Transfers, WriteOffs
from backoffice.screens.explaining import Checks, Documents, Holdings, Why
from backoffice.screens.find import Find
from backoffice.screens.games import Games
from backoffice.screens.people import Roles, Staff
from backoffice.screens.prices import Prices
from backoffice.screens.stock import Levels, Locations, Movements
from backoffice.screens.today import Today
from backoffice.screens.words import Categories, Mechanics, Publishers
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
