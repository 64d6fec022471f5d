"""Adding and changing editions, and taking them off sale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Edition, Game, PriceChange
from shop.catalog.operations.around import Around, look_around, made_up
from shop.catalog.operations.finding import refresh_terms
from shop.catalog.operations.names import refusing
from shop.catalog.rules.checks import check_edition
from shop.catalog.rules.facts import EditionFacts, GameFacts, as_stored, sku_stem, stored_facts
from shop.db import Base, db
from shop.errors import N_, Conflict, NotFound, at_row
from shop.rows import held
from shop.versions import Published, raised

SKU_TAKEN = N_("Another edition has this SKU already.")
EAN13_TAKEN = N_("Another edition has this barcode already.")
TAKEN = {"sku": ("sku", SKU_TAKEN), "ean13": ("ean13", EAN13_TAKEN)}


@dataclass(frozen=True)
class StoredEdition:
    """An edition as it is in the database, and whether it is on sale."""

    facts: EditionFacts
    on_sale: bool


@dataclass(frozen=True)
class Saved:
    """The editions of a game after they were saved, and of each that differs what was before; None for a new one."""

    after: Mapping[int, StoredEdition]
    before: Mapping[int, EditionFacts | None]


def add_edition(game_id: int, facts: EditionFacts, *, actor: Actor, at: datetime) -> Edition:
    """Another edition of a game. Raises NotFound, Invalid, Conflict when the SKU or barcode is taken."""
    game = held(Game, game_id)
    before = stored_editions(game_id)
    saved = _saved_alone(game, before, facts, actor=actor, at=at)
    return db.session.get_one(Edition, max(saved.before))


def attach_barcode(edition_id: int, ean13: str, *, actor: Actor, at: datetime) -> Edition:
    """Give an edition the barcode that was scanned. Raises NotFound, Invalid, Conflict when it has another one."""
    game, edition = game_and_edition(edition_id)
    if edition.ean13 and edition.ean13 != ean13:
        raise Conflict("has_barcode", N_("This edition has another barcode: %(ean13)s."), ean13=edition.ean13)
    return _with_barcode(game, edition, ean13, actor=actor, at=at)


def detach_barcode(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Take an edition's barcode away: it was attached by mistake. Raises NotFound."""
    game, edition = game_and_edition(edition_id)
    return _with_barcode(game, edition, "", actor=actor, at=at)


def archive_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Take an edition off sale. `stock.retire_edition` is the deed for people: it looks for copies first."""
    return _set_archived(edition_id, at, AuditCode.EDITION_ARCHIVED, actor=actor, at=at)


def restore_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Put an edition on sale again. Raises NotFound."""
    return _set_archived(edition_id, None, AuditCode.EDITION_RESTORED, actor=actor, at=at)


def subject(title: str, edition_id: int, sku: str) -> Subject:
    """The edition as the audit names it."""
    return Subject("edition", edition_id, f"{title} · {sku}")


def stored_editions(game_id: int) -> dict[int, StoredEdition]:
    """The editions of a game that is held, in one statement; whoever changes one holds its game first."""
    rows = db.session.execute(select(*Edition.__table__.c).where(Edition.game_id == game_id).order_by(Edition.id))
    return {each.id: StoredEdition(stored_facts(each), each.archived_at is None) for each in rows}


def checked(editions: Sequence[EditionFacts], stored: Mapping[int, StoredEdition]) -> list[EditionFacts]:
    """The facts with tidy texts; a stored edition keeps its SKU where none is given. Raises Invalid, NotFound."""
    tidy = []
    for place, facts in enumerate(editions):
        with at_row("editions", place):
            facts = check_edition(facts)
            if facts.id is not None and facts.id not in stored:
                raise NotFound("edition_not_found", N_("This edition belongs to another game."))
            kept = stored[facts.id].facts.sku if facts.id is not None else ""
            tidy.append(replace(facts, sku=facts.sku or kept))
    return tidy


def save_editions(
    game: Game,
    editions: Sequence[EditionFacts],
    stored: Mapping[int, StoredEdition],
    around: Around,
    *,
    at: datetime,
) -> Saved:
    """Add and change editions of a game that is held, in two statements at most. `editions` were `checked`.

    Raises Conflict naming the row of the field.
    """
    named = _with_skus(game.id, _free_of_others(editions, around), around)
    changed = [each for each in named if each.id is not None and each != stored[each.id].facts]
    with refusing(TAKEN):
        _change(changed)
        added = _add(game.id, [each for each in named if each.id is None], at=at)
    after = {facts.id or 0: StoredEdition(facts, True) for facts in added}
    after |= {facts.id or 0: StoredEdition(facts, stored[facts.id or 0].on_sale) for facts in changed}
    before = {edition_id: stored[edition_id].facts if edition_id in stored else None for edition_id in after}
    return Saved({**stored, **after}, before)


def write_history(saved: Saved, *, actor: Actor, at: datetime) -> None:
    """Add what changed of prices to their history, in one statement."""
    rows = []
    for edition_id, before in saved.before.items():
        old, new = before.price if before else None, saved.after[edition_id].facts.price
        if old != new:
            row = {"edition_id": edition_id, "old_price": old, "new_price": new, "changed_at": at, "reason": ""}
            rows.append(row | actor.columns)
    if rows:
        db.session.execute(insert(PriceChange), rows)


def edition_entries(title: str, saved: Saved, *, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What the audit says of the editions that were saved; a changed price has an entry of its own."""
    entries = []
    for edition_id, before in saved.before.items():
        facts = saved.after[edition_id].facts
        about = subject(title, edition_id, facts.sku)
        told = changes(dict(as_stored(before)) if before else {}, as_stored(facts))
        price = told.pop("price", None)
        if told:
            code = AuditCode.EDITION_CHANGED if before else AuditCode.EDITION_ADDED
            entries.append(audit.entry(code, about, actor=actor, at=at, changes=told))
        if before and price:
            entries.append(audit.entry(AuditCode.EDITION_REPRICED, about, actor=actor, at=at, changes={"price": price}))
    return entries


def lowest_price(editions: Mapping[int, StoredEdition]) -> Decimal | None:
    """The lowest price at which a game is sold, in any condition; none when nothing of it is on sale."""
    return min((each.facts.price for each in editions.values() if each.on_sale), default=None)


def _with_barcode(game: Game, edition: Edition, ean13: str, *, actor: Actor, at: datetime) -> Edition:
    facts = replace(stored_facts(edition), ean13=ean13)
    _saved_alone(game, stored_editions(game.id), facts, actor=actor, at=at)
    db.session.expire(edition)
    return edition


def _saved_alone(
    game: Game, stored: Mapping[int, StoredEdition], facts: EditionFacts, *, actor: Actor, at: datetime
) -> Saved:
    facts = check_edition(facts)
    around = look_around(game, GameFacts(game.title), [facts])
    saved = save_editions(game, [facts], stored, around, at=at)
    game.updated_at, game.price_from = at, lowest_price(saved.after)
    db.session.flush()
    write_history(saved, actor=actor, at=at)
    audit.record_entries(edition_entries(game.title, saved, actor=actor, at=at))
    refresh_terms([game.id])
    raised(Published.CATALOGUE)
    return saved


def _free_of_others(editions: Sequence[EditionFacts], around: Around) -> list[EditionFacts]:
    """Raises Conflict when an edition elsewhere, or another row, has the same SKU or barcode."""
    seen: set[tuple[str, str]] = set()
    for place, facts in enumerate(editions):
        for column, text in (("ean13", EAN13_TAKEN), ("sku", SKU_TAKEN)):
            code = getattr(facts, column)
            owner_id, title = around.taken.get((column, code), (facts.id, ""))
            if code and owner_id != facts.id:
                raise Conflict(f"{column}_taken", _NAMING[column], field=f"editions-{place}-{column}", title=title)
            if code and (column, code) in seen:
                raise Conflict(f"{column}_taken", text, field=f"editions-{place}-{column}")
            seen.add((column, code))
    return list(editions)


_NAMING = {
    "sku": N_("“%(title)s” has this SKU already."),
    "ean13": N_("“%(title)s” has this barcode already."),
}


def _with_skus(game_id: int, editions: Sequence[EditionFacts], around: Around) -> list[EditionFacts]:
    """New editions without an SKU get one that says what they are."""
    taken = {code for column, code in around.taken if column == "sku"} | {each.sku for each in editions}
    named = []
    for facts in editions:
        if not facts.sku:
            stem = sku_stem(game_id, facts.language, facts.condition)
            free = next((sku for sku in made_up(stem) if sku not in taken), None)
            if free is None:
                raise Conflict("sku_taken", N_("Give this edition an SKU of your own."), field="sku")
            taken.add(free)
            facts = replace(facts, sku=free)
        named.append(facts)
    return named


def _change(editions: Sequence[EditionFacts]) -> None:
    """One statement for all."""
    if not editions:
        return
    table = Base.metadata.tables["edition"]
    rows = [{f"new_{name}": value for name, value in as_stored(each).items()} | {"row": each.id} for each in editions]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in as_stored(editions[0])}
    change = table.update().where(table.c.id == bindparam("row")).values(version=table.c.version + 1, **values)
    db.session.connection().execute(change, rows)


def _add(game_id: int, editions: Sequence[EditionFacts], *, at: datetime) -> list[EditionFacts]:
    """One statement for all; the facts with their new ids."""
    if not editions:
        return []
    rows = [{**as_stored(each), "game_id": game_id, "created_at": at, "version": 1} for each in editions]
    table = Base.metadata.tables["edition"]
    made = db.session.connection().execute(insert(table).returning(table.c.sku, table.c.id), rows)
    ids = {sku: edition_id for sku, edition_id in made}  # noqa: C416 - rows are not pairs to the type checker
    return [replace(each, id=ids[each.sku]) for each in editions]


def _set_archived(
    edition_id: int, archived_at: datetime | None, code: AuditCode, *, actor: Actor, at: datetime
) -> Edition:
    game, edition = game_and_edition(edition_id)
    if (edition.archived_at is None) == (archived_at is None):
        return edition
    edition.archived_at = archived_at
    game.updated_at = at
    audit.record(code, subject(game.title, edition.id, edition.sku), actor=actor, at=at)
    db.session.flush()
    on_sale = (Edition.game_id == game.id) & Edition.archived_at.is_(None)
    game.price_from = db.session.scalar(select(func.min(Edition.price)).where(on_sale))
    db.session.flush()
    raised(Published.CATALOGUE)
    return edition


def game_and_edition(edition_id: int) -> tuple[Game, Edition]:
    """Both held, the game first as everywhere: two deeds that lock in opposite order would block each other."""
    game_id = db.session.scalar(select(Edition.game_id).where(Edition.id == edition_id))
    if game_id is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return held(Game, game_id), held(Edition, edition_id)
