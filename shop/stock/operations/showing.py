"""What a booking changes in the shop window: whether a game is in stock, and whether copies are the last ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import func, select, update

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, Conflict
from shop.stock.models import StockLevel
from shop.stock.operations.levels import HeldLevel, OfEdition
from shop.stock.rules import availability
from shop.versions import Published, raised


def refresh_in_stock(
    held: Sequence[HeldLevel], after: Mapping[int, HeldLevel], editions: Mapping[int, OfEdition]
) -> None:
    """Say of games whether a copy can be promised, where a level crosses between some and none.

    The games are locked, since two levels of one may cross at once; those of a level that is new here too, since
    whoever takes an edition off sale locks its levels, but could not see this one.
    """
    crossing = [level for level in held if level.fresh or (level.available > 0) != (after[level.id].available > 0)]
    if not crossing:
        return
    game_ids = {editions[level.edition_id].game_id for level in crossing}
    rows = select(Game.id, Game.in_stock).where(Game.id.in_(game_ids)).order_by(Game.id)
    shown = {row.id: row.in_stock for row in db.session.execute(rows.with_for_update(key_share=True))}
    stocked = _stocked(game_ids)
    for in_stock in (True, False):
        changed = [each for each, was in shown.items() if was is not in_stock and (each in stocked) is in_stock]
        if changed:
            _show(changed, in_stock=in_stock)


def refuse_retired(edition_ids: Iterable[int]) -> None:
    """Asked after levels and games are locked: taking off sale locks them too, so one of the two sees the other."""
    retired = select(Edition.id, Edition.sku).where(Edition.id.in_(set(edition_ids)), Edition.archived_at.is_not(None))
    skus = {row.id: row.sku for row in db.session.execute(retired.order_by(Edition.id))}
    if skus:
        text = N_("%(sku)s is off sale. Put it on sale again first.")
        lines = {edition_id: Conflict("edition_archived", text, sku=sku) for edition_id, sku in skus.items()}
        raise Conflict("edition_archived", text, lines=lines, sku=", ".join(skus.values()))


def tell_the_storefront(
    held: Sequence[HeldLevel], after: Mapping[int, HeldLevel], editions: Mapping[int, OfEdition]
) -> None:
    """Raise the version of the catalogue when a shopper would be told something else of an edition than before.

    All levels of these editions are held, so nobody else changes the sums meanwhile. A level that is new here could not
    be seen by whoever books at another place: then it is raised whatever the sum.
    """
    change: dict[int, int] = {}
    for level in held:
        moved = after[level.id].available - level.available
        change[level.edition_id] = change.get(level.edition_id, 0) + moved
    moved_ids = [edition_id for edition_id, moved in change.items() if moved]
    if any(level.fresh and level.edition_id in moved_ids for level in held) or _told_anew(moved_ids, change, editions):
        raised(Published.CATALOGUE)


def _told_anew(edition_ids: Collection[int], change: Mapping[int, int], editions: Mapping[int, OfEdition]) -> bool:
    """Whether one of these editions is called otherwise after its change than before."""
    if not edition_ids:
        return False
    free = func.sum(StockLevel.on_hand - StockLevel.allocated - StockLevel.held)
    rows = select(StockLevel.edition_id, free).where(StockLevel.edition_id.in_(edition_ids))
    for edition_id, now in db.session.execute(rows.group_by(StockLevel.edition_id)):
        counts, low_at = (int(now), int(now) - change[edition_id]), editions[edition_id].low_stock_at
        if len({availability(count, low_at=low_at) for count in counts}) > 1:
            return True
    return False


def _stocked(game_ids: Collection[int]) -> set[int]:
    rows = (
        select(Edition.game_id)
        .join(StockLevel, StockLevel.edition_id == Edition.id)
        .where(
            Edition.game_id.in_(game_ids),
            Edition.archived_at.is_(None),
            StockLevel.on_hand - StockLevel.allocated - StockLevel.held > 0,
        )
    )
    return set(db.session.scalars(rows))


def _show(game_ids: Collection[int], *, in_stock: bool) -> None:
    """Not through game objects: what is on the shelf is no edit of the game, its version stays."""
    values = {"in_stock": True, "was_in_stock": True} if in_stock else {"in_stock": False}
    changed = update(Game).where(Game.id.in_(game_ids)).values(values)
    db.session.execute(changed.execution_options(synchronize_session=False))
    for each in [each for each in db.session.identity_map.values() if isinstance(each, Game) and each.id in game_ids]:
        db.session.expire(each, [*values])
