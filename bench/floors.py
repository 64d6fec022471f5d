"""What the shop is compared with: a bare route of the same bytes, and Flask-Admin's default lists."""

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_babel import Babel

from shop.catalog.models import Game
from shop.db import db
from shop.stock.models import StockMovement


class DefaultGames(ModelView):
    """A default list of the columns that ours shows."""

    column_list = (
        "title",
        "title_original",
        "publisher",
        "year",
        "min_players",
        "max_players",
        "price_from",
        "in_stock",
    )
    column_searchable_list = ("title", "title_original")
    page_size = 25


class DefaultMovements(ModelView):
    """A default list of movements with their level and document, searched by title and SKU as ours is."""

    column_list = ("occurred_at", "kind", "level", "document", "quantity", "balance_after", "actor_name")
    column_searchable_list = ("level.edition.game.title", "level.edition.sku")
    page_size = 25


def bare_app(body: str) -> Flask:
    """A route that answers with these bytes."""
    app = Flask(__name__)
    app.add_url_rule("/", "bare", lambda: body)
    return app


def default_admin(url: str) -> Flask:
    """Flask-Admin as it comes, over the same database."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="x" * 40, SQLALCHEMY_DATABASE_URI=url)
    Babel(app)
    db.init_app(app)
    admin = Admin(app)
    admin.add_view(DefaultGames(Game, db, endpoint="games"))
    admin.add_view(DefaultMovements(StockMovement, db, endpoint="movements"))
    return app
