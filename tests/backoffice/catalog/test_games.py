"""Games with their editions, as the staff edit them."""

from collections.abc import Callable
from decimal import Decimal

from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts.rules import Permission
from shop.catalog.models import Edition, Game, PriceChange
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.rules.states import GameState
from shop.db import db, transaction
from tests.clients import Browser, browser
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.forms import typed

EDIT = "/admin/games/edit/?id={}"


def test_a_price_with_a_comma_and_a_space_is_saved_and_remembered(manager: Browser) -> None:
    game = make_game()
    fields = typed(manager.get(EDIT.format(game.id)).text)
    fields["editions-0-price"] = "1 299,50"
    assert manager.post(EDIT.format(game.id), data=fields).status_code == 303
    db.session.rollback()
    assert editions_of(game)[0].price == Decimal("1299.50")
    assert db.session.get_one(Game, game.id).price_from == Decimal("1299.50")
    assert [(change.old_price, change.new_price) for change in db.session.scalars(db.select(PriceChange))] == [
        (None, Decimal(890)),
        (Decimal(890), Decimal("1299.50")),
    ]


def test_whose_change_came_between_is_told_and_what_was_typed_is_kept(
    manager: Browser, staff: Callable[..., Browser]
) -> None:
    game = make_game()
    mine = typed(manager.get(EDIT.format(game.id)).text)
    theirs = dict(mine, **{"editions-0-price": "850"})
    assert staff("manager", name="Марко").post(EDIT.format(game.id), data=theirs).status_code == 303
    mine["title"] = "Моя нова назва"  # the price is left as it was, and so must become theirs
    answer = manager.post(EDIT.format(game.id), data=mine)
    assert answer.status_code == 200
    assert "Марко" in answer.text
    assert "Марко: змінено, було 890\N{NO-BREAK SPACE}₴" in answer.text
    assert "Моя нова назва" in answer.text
    db.session.rollback()
    assert db.session.get_one(Game, game.id).title != "Моя нова назва"
    again = typed(answer.text)
    assert manager.post(EDIT.format(game.id), data=again).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, game.id).title == "Моя нова назва"
    assert editions_of(game)[0].price == 850


def test_a_publisher_that_was_typed_but_not_chosen_is_not_lost_silently(manager: Browser) -> None:
    game = make_game()
    fields = typed(manager.get(EDIT.format(game.id)).text) | {"publisher_id-typed": "Ігромаг"}
    answer = manager.post(EDIT.format(game.id), data=fields)
    assert answer.status_code == 200
    assert 'id="publisher_id-error"' in answer.text


def test_a_wrong_barcode_is_refused_beside_its_form_and_nothing_is_saved(manager: Browser) -> None:
    game = make_game()
    fields = typed(manager.get(EDIT.format(game.id)).text) | {"title": "Інша", "editions-0-ean13": "4820000000001"}
    answer = manager.post(EDIT.format(game.id), data=fields)
    assert answer.status_code == 200
    assert 'id="editions-0-ean13-error"' in answer.text
    db.session.rollback()
    assert db.session.get_one(Game, game.id).title != "Інша"


def test_an_edition_row_that_was_added_becomes_an_edition(manager: Browser) -> None:
    game = make_game()
    fields = typed(manager.get(EDIT.format(game.id)).text)
    new = {"language": "en", "condition": "new", "price": "999", "vat_rate": "none", "low_stock_at": "2"}
    fields |= {f"editions-1-{name}": value for name, value in new.items()}
    assert manager.post(EDIT.format(game.id), data=fields).status_code == 303
    db.session.rollback()
    assert [(each.sku[-2:], each.price) for each in editions_of(game)] == [("UK", 890), ("EN", 999)]


def test_the_warehouse_reads_a_game_but_changes_nothing_and_sees_no_cost(staff: Callable[..., Browser]) -> None:
    game = make_game(EditionFactsFactory(cost=Decimal("412.37")))
    client = staff("warehouse")
    page = client.get(EDIT.format(game.id)).text
    assert "412,37" not in page
    assert "<dt>Ціна</dt><dd>890\N{NO-BREAK SPACE}₴</dd>" in page
    assert "disabled" not in page
    assert 'name="title"' not in page
    assert client.post(EDIT.format(game.id), data={"title": "Інша"}).status_code == 403


def test_hiding_several_games_at_once_and_showing_them_again(manager: Browser) -> None:
    ids = [make_game(title=f"Гра {number}").id for number in (1, 2)]
    for action, state in (("hide", GameState.HIDDEN), ("publish", GameState.ON_SALE)):
        answer = manager.post(
            "/admin/games/action/", data={"action": action, "rowid": ids, "back": "/admin/games/?page=1"}
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/games/?page=1")
        db.session.rollback()
        assert {db.session.get_one(Game, each).state for each in ids} == {state}


def test_the_export_opens_rightly_and_runs_no_formula(manager: Browser) -> None:
    make_game(EditionFactsFactory(price=Decimal("1299.50")), title="=HYPERLINK(1)")
    answer = manager.get("/admin/games/export/csv/")
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    assert "'=HYPERLINK(1)" in text
    assert "1299,50" in text
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_a_search_ignores_case_and_apostrophes(manager: Browser) -> None:
    make_game(title="Об’єднання")
    make_game(title="Каркасон")
    for asked in ("обєднання", "ОБ'ЄДН", "обʼєднання"):
        page = manager.get("/admin/games/", query_string={"search": asked}).text
        assert "Об’єднання" in page
        assert "Каркасон" not in page


def test_odd_addresses_are_answered_calmly(manager: Browser) -> None:
    make_game()
    odd_ones = ["page=99999999999999999999", "page=-5", "sort=999", "publisher=x", "price_from=абв"]
    for odd in (*odd_ones, "endpoint=1", "export_type=1", "sort=new&desc=1"):
        assert manager.get(f"/admin/games/?{odd}").status_code == 200, odd
    assert manager.get("/admin/games/?search=%00").status_code == 400
    assert manager.get("/admin/why/99999999999999999999/").status_code == 404
    assert manager.get("/admin/games/edit/?id=x").status_code == 404
    assert manager.get("/admin/games/edit/?id=999").status_code == 404
    assert manager.get("/admin/games/lookup/?q=г&limit=100000").status_code == 200


def test_a_list_costs_at_most_eight_statements(manager: Browser, app: object) -> None:
    from tests.statements import counted

    place = make_location()
    for number in range(12):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 3)
    for address in ("/admin/games/", "/admin/movements/", "/admin/levels/", "/admin/games/?search=гра"):
        with counted() as statements:
            assert manager.get(address).status_code == 200
        assert len(statements) <= 8, (address, statements)


def test_a_hidden_edition_has_no_copies(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 1)
    address = f"/admin/games/editions/{edition.id}/retire/"
    assert manager.post(address).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).archived_at is None


def test_links_that_somebody_else_chose_are_taken_over_where_mine_were_untouched(
    manager: Browser, staff: Callable[..., Browser]
) -> None:
    with transaction():
        ids = [add_publisher(name, actor=SYSTEM, at=AT).id for name in ("Geekach", "Rozum")]
    game = make_game(publisher_id=ids[0])
    mine = typed(manager.get(EDIT.format(game.id)).text)
    theirs = dict(mine, publisher_id=str(ids[1]), designers="Uwe Rosenberg")
    assert staff("manager", name="Марко").post(EDIT.format(game.id), data=theirs).status_code == 303
    mine["year"] = "2020"
    again = typed(manager.post(EDIT.format(game.id), data=mine).text)
    assert manager.post(EDIT.format(game.id), data=again).status_code == 303
    db.session.rollback()
    game = db.session.get_one(Game, game.id)
    assert (game.publisher_id, game.year) == (ids[1], 2020)
    assert [designer.name for designer in game.designers] == ["Uwe Rosenberg"]


def test_who_may_not_set_prices_adds_games_without_editions(staff: Callable[..., Browser]) -> None:
    with transaction():
        accounts.add_role("описи", permissions=[Permission.CATALOG_READ, Permission.CATALOG_WRITE], actor=SYSTEM, at=AT)
    writer = staff("описи")
    page = writer.get("/admin/games/new/").text
    assert 'name="editions-0-price"' not in page
    assert "data-add-row" not in page
    fields = {**typed(page), "title": "Без ціни"}
    sent = writer.post(
        "/admin/games/new/",
        data=fields | {"editions-0-price": "500", "editions-0-language": "uk", "editions-0-condition": "new"},
    )
    assert sent.status_code == 200
    assert "Видання додають ті, хто може змінювати ціни." in sent.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Game)) == 0
    assert writer.post("/admin/games/new/", data=fields).status_code == 303
    db.session.rollback()
    assert db.session.scalars(db.select(Game.title)).all() == ["Без ціни"]


def test_the_export_has_costs_only_for_who_may_see_them(staff: Callable[..., Browser]) -> None:
    make_game()
    with transaction():
        accounts.add_role("перегляд", permissions=[Permission.CATALOG_READ], actor=SYSTEM, at=AT)
    for role, sees in (("manager", True), ("перегляд", False)):
        header = staff(role).get("/admin/games/export/csv/").text.splitlines()[0]
        assert ("собівартість" in header) is sees


def test_a_new_game_is_a_draft_that_says_what_it_needs_and_is_put_on_sale(manager: Browser, app: Flask) -> None:
    fields = typed(manager.get("/admin/games/new/").text) | {"title": "Каркасон", "editions-0-price": "890"}
    answer = manager.post("/admin/games/new/", data=fields)
    assert answer.status_code == 303
    draft = db.session.scalars(db.select(Game)).one()
    assert draft.state is GameState.DRAFT
    assert browser(app).get(f"/games/{draft.slug}").status_code == 404
    page = manager.get(answer.headers["Location"]).text
    assert "Чернетка: у вітрині її ще ніхто не бачить." in page
    assert '<a href="#min_players">кількість гравців</a>' in page
    assert 'href="#editions"' not in page
    refused = manager.post(answer.headers["Location"], data=typed(page) | {"publish": "1", "year": "2001"})
    assert refused.status_code == 200
    assert 'class="notice bad" role="alert"' in refused.text
    assert 'value="2001"' in refused.text
    known = {"min_players": "2", "max_players": "5", "min_age": "7", "publish": "1"}
    assert manager.post(answer.headers["Location"], data=typed(refused.text) | known).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, draft.id).state is GameState.ON_SALE
    assert browser(app).get(f"/games/{draft.slug}").status_code == 200


def test_a_game_is_hidden_from_its_page_unless_it_was_changed_meanwhile(manager: Browser, app: Flask) -> None:
    game = make_game(title="Каркасон")
    address = f"/admin/games/{game.id}/hide/"
    assert manager.post(address, data={"version": game.version + 1}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, game.id).state is GameState.ON_SALE
    assert manager.post(address, data={"version": game.version}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, game.id).state is GameState.HIDDEN
    assert browser(app).get(f"/games/{game.slug}").status_code == 404
    page = manager.get(EDIT.format(game.id)).text
    assert manager.post(EDIT.format(game.id), data=typed(page) | {"publish": "1"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, game.id).state is GameState.ON_SALE


def test_the_list_is_narrowed_by_state_and_never_calls_sold_out_what_was_never_there(manager: Browser) -> None:
    for state in GameState:
        make_game(title=f"Гра {state.value}", state=state)
    shown = {"": ["draft", "on_sale"], "draft": ["draft"], "hidden": ["hidden"], "on_sale": ["on_sale"]}
    for state, titles in shown.items():
        page = manager.get("/admin/games/", query_string={"state": state}).text
        assert [each.value for each in GameState if f"Гра {each.value}" in page] == titles
    page = manager.get("/admin/games/").text
    assert "ще не було в продажу" in page
    assert "розпродано</span>" not in page
