"""Games with their editions: the list, the form, hiding, exporting, and finding one by typing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from flask import flash, jsonify, redirect, request
from flask_admin import expose
from flask_admin.actions import action
from flask_babel import gettext, lazy_gettext, ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from backoffice.base import may, now, number_in, sees
from backoffice.catalog.game_form import GameForm, form_data
from backoffice.chosen import labels_page, reprice_page
from backoffice.lists import Column, Filter, ListState
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.catalog.models import Category, Game, Mechanic, Publisher
from shop.catalog.operations import games as operations
from shop.catalog.operations import publishing
from shop.catalog.operations.codes import add_game_with_code
from shop.catalog.operations.editions import restore_edition
from shop.catalog.queries.editions import edition_ids_of, editions_of
from shop.catalog.queries.exports import exported_fields
from shop.catalog.queries.games import GameSort, found_games, listed_games
from shop.catalog.queries.vocabulary import all_words
from shop.catalog.rules.codes import CodeKind, clean_code, code_kind
from shop.catalog.rules.prices import parse_money
from shop.catalog.rules.states import GameState, Missing, missing
from shop.catalog.rules.wishes import Wish
from shop.db import db, in_transaction
from shop.errors import N_
from shop.pages.game_form import GameFormPage, game_form_page
from shop.pages.games import editions_beside, exported_editions
from shop.paging import Page, Place
from shop.stock.operations import retire_edition
from web.accounts import current_actor
from web.labels import choices, field_label

STOCKED = (("1", N_("yes")), ("0", N_("no")), ("sold", N_("sold out")))
YES_NO = (("1", N_("yes")), ("0", N_("no")))


def _category_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in all_words(Category)]


def _mechanic_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in all_words(Mechanic)]


class Games(Table):
    """The catalogue as the staff see it."""

    category = N_("Catalogue")
    icon = "catalog"
    quick = True
    title = N_("Games")
    permissions = {
        "index_view": Permission.CATALOG_READ,
        "create_view": Permission.CATALOG_WRITE,
        "edit_view": Permission.CATALOG_READ,
        "POST edit_view": Permission.CATALOG_WRITE,
        "action_view": Permission.CATALOG_READ,
        "action:labels": Permission.CATALOG_READ,
        "action:reprice": Permission.PRICE_WRITE,
        "action:hide": Permission.CATALOG_WRITE,
        "action:publish": Permission.CATALOG_WRITE,
        "hide": Permission.CATALOG_WRITE,
        "export": Permission.CATALOG_READ,
        "lookup": Permission.CATALOG_READ,
        "retire": Permission.CATALOG_WRITE,
        "restore": Permission.CATALOG_WRITE,
    }
    columns = (
        Column(N_("Title"), sort=GameSort.TITLE),
        Column(N_("How it is played")),
        Column(N_("Price"), css="num", sort=GameSort.PRICE),
        Column(N_("Available"), css="num"),
        Column(N_("State")),
    )
    other_sorts = (GameSort.NEW, GameSort.YEAR)
    row_template = "backoffice/catalog/games_rows.html"
    edit_template = create_template = "backoffice/catalog/game.html"
    reading_template = "backoffice/catalog/game_reading.html"
    searches = N_("Title, publisher, SKU or barcode")
    add_label = N_("Add a game")
    empty = N_("No games found. Remove a filter or add a game.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("state", N_("State"), choices=lambda: choices(GameState), otherwise=N_("all but hidden ones")),
        Filter("in_stock", N_("In stock"), choices=lambda: [(value, gettext(text)) for value, text in STOCKED]),
        Filter("publisher", N_("Publisher"), choices=lambda: _publisher_choices()),
        Filter("category", N_("Category"), choices=_category_choices),
        Filter("mechanic", N_("Mechanic"), choices=_mechanic_choices),
        Filter("players", N_("Players"), choices=lambda: [(str(number), str(number)) for number in range(1, 11)]),
        Filter("expansion", N_("Expansion"), choices=lambda: [(value, gettext(text)) for value, text in YES_NO]),
        Filter("price_from", N_("Price from"), kind="money"),
        Filter("price_to", N_("Price to"), kind="money"),
    )

    def rows(self, state: ListState) -> Page[Any]:
        """One page of games."""
        sort = GameSort(state.sort or GameSort.TITLE)
        return listed_games(_filter(state), sort=sort, down=state.down, place=state.place, size=self.page_size)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """The editions of the games on the page, with what can be promised of them."""
        return {"editions": editions_beside([game.id for game in page.rows])}

    def exported_header(self) -> Sequence[str]:
        """The fields that the person may see, in words."""
        fields = [field_label(name) for name in exported_fields(current_user.permissions)]
        return [*fields, gettext("Available")]

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every edition of the games that the list shows, in its order."""
        sort = GameSort(state.sort or GameSort.TITLE)
        return exported_editions(_filter(state), current_user.permissions, sort=sort, down=state.down)

    def row(self, row_id: int) -> GameFormPage:
        """A game with its editions."""
        return game_form_page(row_id)

    def name_of(self, model: GameFormPage) -> str:
        """The game's title."""
        return str(model.game.title)

    def get_save_return_url(self, model: GameFormPage, is_created: bool = False) -> str:
        """One stays at the game: editions are often added one after another. Who came with a code goes back with it."""
        if is_created and request.args.get("back"):
            return self.back()
        return self.get_url(".edit_view", id=model.id)

    def first_data(self) -> dict[str, Any]:
        """One empty edition, with the barcode that was scanned if the person comes from receiving."""
        if not may(Permission.PRICE_WRITE):
            return {}
        code = _scanned_code()
        ean13 = code if code_kind(code) is CodeKind.EAN13 else ""
        return {"editions": [{"ean13": ean13, "low_stock_at": 2}]}

    def create_form(self, obj: Any = None) -> GameForm:
        """The form of a new game, without what the person may not see."""
        return GameForm(data=self.first_data()).open_for(current_user.permissions, ())

    def form_of(self, model: GameFormPage, typed: Any = None) -> GameForm:
        """The form of a game, without what the person may not see."""
        form = GameForm(formdata=typed, data=form_data(model))
        return form.open_for(current_user.permissions, model.editions)

    def version_of(self, model: GameFormPage) -> int:
        """The game's version: it counts the changes of its editions too."""
        return int(model.game.version)

    def subjects(self, model: GameFormPage) -> Sequence[tuple[str, int]]:
        """The game and its editions."""
        return [("game", model.id), *(("edition", edition.id) for edition in model.editions)]

    def beside_form(self, form: GameForm | None, model: GameFormPage | None) -> dict[str, Any]:
        """The stored editions with their stock and prices so far."""
        editions = model.editions if model else []
        return {
            "game": model.game if model else None,
            "stored": {edition.id: edition for edition in editions},
            "history": model.prices if model else [],
            "lacking": self._lacking(form, model),
        }

    def read(self, model: GameFormPage) -> dict[str, Any]:
        """The game, its editions with their stock, and their prices so far."""
        return super().read(model) | self.beside_form(None, model) | {"sees": sees}

    def _lacking(self, form: GameForm | None, model: GameFormPage | None) -> list[Missing]:
        """What the game needs to be sold: as it was typed if it was to be put on sale so, else as it is stored."""
        if form is not None and getattr(form, "refused_by", "") == "game_incomplete":
            form.form_errors = []
            return missing(form.facts(), [row.form.price.data for row in form.editions])
        if model is None:
            return []
        return missing(model.game, [edition.price for edition in model.editions if edition.archived_at is None])

    def add(self, form: GameForm, *, actor: Actor, at: datetime) -> Game:
        """Add a game with its editions; a scanned code that is no EAN-13 belongs to the first of them."""
        code = _scanned_code()
        beside = code if code_kind(code) not in (None, CodeKind.EAN13) else ""
        facts, editions = form.facts(), form.edition_facts(())
        return add_game_with_code(facts, editions, beside, publish=form.publish.data, actor=actor, at=at)

    def change(self, row_id: int, form: GameForm, *, actor: Actor, at: datetime) -> Game:
        """Change a game and its editions."""
        editions = form.edition_facts(editions_of([row_id])[row_id])
        return operations.change_game(
            row_id,
            form.facts(),
            editions,
            version=form.version.data,
            publish=form.publish.data,
            actor=actor,
            at=at,
        )

    def found(self, state: ListState, most: int) -> Sequence[int]:
        """The games that the list finds."""
        return found_games(_filter(state), most=most)

    @action("reprice", lazy_gettext("Change prices"))
    def action_reprice(self, ids: list[int]) -> str:
        """Ask by how much the prices of their editions change."""
        return reprice_page(self, edition_ids_of(ids))

    @action("labels", lazy_gettext("Shelf labels"))
    def action_labels(self, ids: list[int]) -> str:
        """Labels of their editions to print."""
        return labels_page(self, edition_ids_of(ids))

    @action("hide", lazy_gettext("Hide"), lazy_gettext("The chosen games will not be shown or sold. Hide them?"))
    def action_hide(self, ids: list[int]) -> None:
        """Hide games."""
        actor, at = current_actor(), now()
        count = in_transaction(lambda: len(publishing.hide_games(ids, actor=actor, at=at)))
        flash(ngettext("%(num)d game is hidden.", "%(num)d games are hidden.", count), "ok")

    @action("publish", lazy_gettext("Put on sale"), lazy_gettext("The chosen games will be shown and sold. Go on?"))
    def action_publish(self, ids: list[int]) -> None:
        """Put drafts and hidden games on sale."""
        actor, at = current_actor(), now()
        count = in_transaction(lambda: len(publishing.publish_games(ids, actor=actor, at=at)))
        flash(ngettext("%(num)d game is put on sale.", "%(num)d games are put on sale.", count), "ok")

    @expose("/<int(max=2147483647):game_id>/hide/", methods=("POST",))
    def hide(self, game_id: int) -> Response:
        """Hide one game."""
        actor, at, version = current_actor(), now(), number_in(request.form.get("version", "")) or 0
        game = in_transaction(lambda: publishing.hide_game(game_id, version=version, actor=actor, at=at))
        flash(gettext("“%(title)s” is hidden.", title=game.title), "ok")
        return redirect(self.get_url(".edit_view", id=game_id), 303)

    @expose("/editions/<int(max=2147483647):edition_id>/retire/", methods=("POST",))
    def retire(self, edition_id: int) -> Response:
        """Take an edition without copies off sale."""
        actor, at = current_actor(), now()
        edition = in_transaction(lambda: retire_edition(edition_id, actor=actor, at=at))
        flash(gettext("%(sku)s is off sale.", sku=edition.sku), "ok")
        return redirect(self.get_url(".edit_view", id=edition.game_id), 303)

    @expose("/editions/<int(max=2147483647):edition_id>/restore/", methods=("POST",))
    def restore(self, edition_id: int) -> Response:
        """Put an edition on sale again."""
        actor, at = current_actor(), now()
        edition = in_transaction(lambda: restore_edition(edition_id, actor=actor, at=at))
        flash(gettext("%(sku)s is on sale again.", sku=edition.sku), "ok")
        return redirect(self.get_url(".edit_view", id=edition.game_id), 303)

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Base games whose words begin with what was typed; at most twenty."""
        wanted = Wish(q=request.args.get("q", "")[:100], expansions=False)
        page = listed_games(wanted, sort=GameSort.TITLE, down=False, place=Place(), size=20)
        return jsonify([{"id": game.id, "text": game.title} for game in page.rows])


def _scanned_code() -> str:
    """The code that the person comes with from receiving."""
    return clean_code(request.args.get("code", "")[:100])


def _publisher_choices() -> list[tuple[str, str]]:
    rows = db.session.execute(db.select(Publisher.id, Publisher.name).order_by(Publisher.sort_key))
    return [(str(publisher_id), name) for publisher_id, name in rows]


def _filter(state: ListState) -> Wish:
    shown = state.filters.get("state", "")
    return Wish(
        q=state.search,
        state=GameState(shown) if shown in set(GameState) else None,
        available=state.flag("in_stock"),
        sold_out=state.filters.get("in_stock") == "sold",
        publisher_id=state.number("publisher"),
        category=state.filters.get("category", ""),
        mechanic=state.filters.get("mechanic", ""),
        players=state.number("players"),
        expansions=state.flag("expansion"),
        price_from=_money(state, "price_from"),
        price_to=_money(state, "price_to"),
    )


def _money(state: ListState, name: str) -> Decimal | None:
    return parse_money(state.filters.get(name, ""))
