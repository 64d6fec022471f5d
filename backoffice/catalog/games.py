"""Games with their editions: the list, the form, hiding, exporting, and finding one by typing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from flask import abort, flash, jsonify, redirect, request
from flask_admin import expose
from flask_admin.actions import action
from flask_babel import gettext, lazy_gettext, ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from backoffice.base import may, now, number_in
from backoffice.catalog.game_form import GameForm, form_data, take_theirs
from backoffice.tables import Column, Filter, ListState, Table
from shop.accounts.rules import Permission
from shop.audit.queries import entries_since, last_entry_id
from shop.catalog.models import Category, Edition, Game, Mechanic, Publisher
from shop.catalog.operations import games as operations
from shop.catalog.operations.editions import restore_edition
from shop.catalog.queries.editions import editions_of
from shop.catalog.queries.games import GameSort, exported_games, game_with_facts, listed_games
from shop.catalog.queries.prices import price_history
from shop.catalog.queries.vocabulary import all_words
from shop.catalog.rules.prices import parse_money
from shop.catalog.rules.wishes import Wish
from shop.db import db, transaction
from shop.errors import N_
from shop.paging import Page
from shop.stock.operations import retire_edition
from shop.stock.queries.levels import on_hand_of
from web.accounts import current_actor

YES_NO = (("1", N_("yes")), ("0", N_("no")))


def _category_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in all_words(Category)]


def _mechanic_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in all_words(Mechanic)]


class Games(Table):
    """The catalogue as the staff see it."""

    section = "catalog"
    title = N_("Games")
    permissions = {
        "index_view": Permission.CATALOG_READ,
        "create_view": Permission.CATALOG_WRITE,
        "edit_view": Permission.CATALOG_READ,
        "action_view": Permission.CATALOG_WRITE,
        "action:archive": Permission.CATALOG_WRITE,
        "action:restore": Permission.CATALOG_WRITE,
        "export": Permission.CATALOG_READ,
        "lookup": Permission.CATALOG_READ,
        "retire": Permission.CATALOG_WRITE,
        "restore": Permission.CATALOG_WRITE,
    }
    columns = (
        Column(N_("Title"), sort=GameSort.TITLE),
        Column(N_("How it is played")),
        Column(N_("Price"), css="num", sort=GameSort.PRICE),
        Column(N_("Can be promised"), css="num"),
        Column(N_("State")),
    )
    other_sorts = (GameSort.NEW, GameSort.YEAR)
    row_template = "backoffice/catalog/games_rows.html"
    edit_template = create_template = "backoffice/catalog/game.html"
    searches = N_("Title, publisher, SKU or barcode")
    add_label = N_("Add a game")
    empty = N_("No game is like that. Take a filter away or add a game.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("archived", N_("Hidden"), choices=lambda: [("1", gettext("hidden ones"))], otherwise=N_("shown ones")),
        Filter("in_stock", N_("In stock"), choices=lambda: [(value, gettext(text)) for value, text in YES_NO]),
        Filter("publisher", N_("Publisher"), choices=lambda: _publisher_choices()),
        Filter("category", N_("Category"), choices=_category_choices),
        Filter("mechanic", N_("Mechanic"), choices=_mechanic_choices),
        Filter("players", N_("Players"), choices=lambda: [(str(number), str(number)) for number in range(1, 11)]),
        Filter("expansion", N_("Expansion"), choices=lambda: [(value, gettext(text)) for value, text in YES_NO]),
        Filter("price_from", N_("Price from"), kind="text"),
        Filter("price_to", N_("Price to"), kind="text"),
    )
    export_header = (
        N_("Title"),
        N_("Original title"),
        N_("Publisher"),
        N_("Year"),
        N_("Players from"),
        N_("Players to"),
        N_("Minutes from"),
        N_("Minutes to"),
        N_("Age from"),
        N_("Weight"),
        N_("SKU"),
        N_("Barcode"),
        N_("Language"),
        N_("Condition"),
        N_("Price"),
    )

    def rows(self, state: ListState) -> Page[Game]:
        """One page of games."""
        sort = GameSort(state.sort or GameSort.TITLE)
        return listed_games(_filter(state), sort=sort, down=state.down, number=state.page, size=self.page_size)

    def beside(self, page: Page[Game]) -> dict[str, Any]:
        """The editions of the games on the page, and what there is of them."""
        editions = editions_of([game.id for game in page.rows])
        stock = on_hand_of([edition.id for each in editions.values() for edition in each])
        return {"editions": editions, "stock": stock}

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every edition of the games that the list shows."""
        return exported_games(_filter(state))

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str:
        """Add a game with its editions."""
        form = GameForm(data=self._first_data())
        if form.validate_on_submit():
            game = self.attempt(
                form, lambda: operations.add_game(form.facts(), _editions(form, {}), actor=current_actor(), at=now())
            )
            if game is not None:
                flash(gettext("“%(title)s” is added.", title=game.title), "ok")
                return redirect(self.get_url(".edit_view", id=game.id), 303)
        return str(self.render(self.create_template, form=form, game=None, between=[], **self._beside_form(None, [])))

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Response | str:
        """Change a game and its editions; who may only read sees the form without its buttons."""
        game = game_with_facts(number_in(request.args.get("id", "")) or 0)
        editions = editions_of([game.id])[game.id]
        if request.method == "POST" and not may(Permission.CATALOG_WRITE):
            abort(403)
        form = GameForm(data=form_data(game, editions) | {"version": game.version, "seen_entry": last_entry_id()})
        _excuse_prices(form, editions)
        if form.validate_on_submit() and self._save(form, game.id, editions):
            flash(gettext("“%(title)s” is saved.", title=form.title.data), "ok")
            return redirect(self.get_url(".edit_view", id=game.id), 303)
        between = self._changed_meanwhile(form, game, editions) if request.method == "POST" else []
        return str(
            self.render(self.edit_template, form=form, game=game, between=between, **self._beside_form(game, editions))
        )

    @action("archive", lazy_gettext("Hide"), lazy_gettext("The chosen games will not be shown or sold. Hide them?"))
    def action_archive(self, ids: list[str]) -> None:
        """Hide games."""
        with transaction():
            done = operations.archive_games(_ids(ids), actor=current_actor(), at=now())
            count = len(done)
        flash(ngettext("%(num)d game is hidden.", "%(num)d games are hidden.", count), "ok")

    @action("restore", lazy_gettext("Show again"), lazy_gettext("The chosen games will be shown again. Show them?"))
    def action_restore(self, ids: list[str]) -> None:
        """Show hidden games."""
        with transaction():
            done = operations.restore_games(_ids(ids), actor=current_actor(), at=now())
            count = len(done)
        flash(ngettext("%(num)d game is shown again.", "%(num)d games are shown again.", count), "ok")

    @expose("/editions/<int(max=2147483647):edition_id>/retire/", methods=("POST",))
    def retire(self, edition_id: int) -> Response:
        """Take an edition without copies off sale."""
        with transaction():
            edition = retire_edition(edition_id, actor=current_actor(), at=now())
            game_id, sku = edition.game_id, edition.sku
        flash(gettext("%(sku)s is off sale.", sku=sku), "ok")
        return redirect(self.get_url(".edit_view", id=game_id), 303)

    @expose("/editions/<int(max=2147483647):edition_id>/restore/", methods=("POST",))
    def restore(self, edition_id: int) -> Response:
        """Put an edition on sale again."""
        with transaction():
            edition = restore_edition(edition_id, actor=current_actor(), at=now())
            game_id, sku = edition.game_id, edition.sku
        flash(gettext("%(sku)s is on sale again.", sku=sku), "ok")
        return redirect(self.get_url(".edit_view", id=game_id), 303)

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Base games whose words begin with what was typed; at most twenty."""
        wanted = Wish(q=request.args.get("q", "")[:100], expansions=False)
        page = listed_games(wanted, sort=GameSort.TITLE, down=False, number=0, size=20)
        return jsonify([{"id": game.id, "text": game.title} for game in page.rows])

    def _first_data(self) -> dict[str, Any]:
        """One empty edition, with the barcode that was scanned if the person comes from receiving."""
        return {"editions": [{"ean13": request.args.get("ean13", "")[:14], "low_stock_at": 2}]}

    def _save(self, form: GameForm, game_id: int, editions: Sequence[Edition]) -> bool:
        stored = {edition.id: edition for edition in editions}
        facts = _editions(form, stored)
        saved = self.attempt(
            form,
            lambda: operations.change_game(
                game_id, form.facts(), facts, version=form.version.data, actor=current_actor(), at=now()
            ),
        )
        return saved is not None

    def _changed_meanwhile(self, form: GameForm, game: Game, editions: Sequence[Edition]) -> Sequence[Any]:
        """Whose changes came between; the form then carries the new version, so that saving again is a choice."""
        game = game_with_facts(game.id)
        if form.version.data == game.version:
            return []
        subjects = [("game", game.id), *(("edition", edition.id) for edition in editions)]
        between = entries_since(subjects, entry_id=form.seen_entry.data or 0, permissions=current_user.permissions)
        take_theirs(form, between, game, editions_of([game.id])[game.id])
        form.version.data, form.seen_entry.data = game.version, last_entry_id()
        return between

    def _beside_form(self, game: Game | None, editions: Sequence[Edition]) -> dict[str, Any]:
        ids = [edition.id for edition in editions]
        return {
            "stored": {edition.id: edition for edition in editions},
            "stock": on_hand_of(ids),
            "history": price_history(ids, limit=8),
            "may_write": may(Permission.CATALOG_WRITE),
            "may_price": may(Permission.PRICE_WRITE),
            "may_cost": may(Permission.COST_READ),
        }


def _publisher_choices() -> list[tuple[str, str]]:
    rows = db.session.execute(db.select(Publisher.id, Publisher.name).order_by(Publisher.sort_key))
    return [(str(publisher_id), name) for publisher_id, name in rows]


def _excuse_prices(form: GameForm, editions: Sequence[Edition]) -> None:
    """Who may not change prices doesn't send them: their fields are switched off."""
    stored = {edition.id for edition in editions}
    for row in form.editions:
        if row.form.id.data in stored and not may(Permission.PRICE_WRITE):
            row.form.price.validators = ()


def _filter(state: ListState) -> Wish:
    return Wish(
        q=state.search,
        hidden=state.flag("archived") is True,
        available=state.flag("in_stock"),
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


def _editions(form: GameForm, stored: dict[int, Edition]) -> list[Any]:
    may_price, may_cost = may(Permission.PRICE_WRITE), may(Permission.COST_READ)
    rows = [row.form for row in form.editions]
    return [row.facts(stored.get(row.id.data or 0), may_price=may_price, may_cost=may_cost) for row in rows]


def _ids(values: Sequence[str]) -> list[int]:
    return [number for value in values if (number := number_in(value)) is not None]
