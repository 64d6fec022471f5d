"""Boxes whose code nobody knows: set aside with a note, and settled when somebody has looked at them."""

from collections.abc import Collection
from datetime import datetime

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.catalog.rules.codes import clean_code, code_kind
from shop.db import db
from shop.errors import N_, Conflict, Invalid
from shop.once import answered
from shop.rows import held, held_all
from shop.stock.models import SetAsideBox
from shop.stock.operations.booking import HIGHEST_QUANTITY, QUANTITY_WRONG
from shop.stock.operations.levels import usable_location

BOX_SETTLED = N_("A box that was set aside is settled already. Look at the list of unknown boxes.")


def set_aside(
    code: str, *, quantity: int, location_id: int, note: str, key: str, actor: Actor, at: datetime
) -> SetAsideBox:
    """Remember that boxes with an unknown code stand at a location. The same `key` again gives the same ones.

    `quantity` is of boxes. Raises Invalid, NotFound.
    """
    code, note = clean_code(code), note.strip()[:500]
    if code_kind(code) is None:
        raise Invalid("code_wrong", N_("Scan the code of the box once more."), field="code")
    if not 0 < quantity <= HIGHEST_QUANTITY:
        raise Invalid("quantity_wrong", QUANTITY_WRONG, field="quantity")

    def deed() -> int:
        usable_location(location_id)
        box = SetAsideBox(code=code, quantity=quantity, note=note, location_id=location_id, set_aside_at=at)
        box.set_aside_by = actor.name
        db.session.add(box)
        db.session.flush()
        _note(AuditCode.BOX_SET_ASIDE, box, {"quantity": [None, quantity]}, actor=actor, at=at, reason=note)
        return box.id

    asked = {"code": code, "quantity": quantity, "location": location_id, "note": note}
    return db.session.get_one(SetAsideBox, answered(key, deed, kind="box.set_aside", asked=asked, actor=actor, at=at))


def settle_box(box_id: int, *, reason: str, actor: Actor, at: datetime) -> SetAsideBox:
    """Take a box off the list without receiving it. A settled one stays as it is. Raises NotFound."""
    box = held(SetAsideBox, box_id)
    if box.settled_at is None:
        _settle(box, None, actor=actor, at=at, reason=reason.strip()[:500])
    return box


def receive_boxes(box_ids: Collection[int], document_id: int, *, actor: Actor, at: datetime) -> None:
    """Settle the boxes whose copies a document has received. Raises Conflict when one is gone or settled already."""
    if not box_ids:
        return
    boxes = held_all(SetAsideBox, box_ids)
    if len(boxes) < len(set(box_ids)) or any(box.settled_at for box in boxes.values()):
        raise Conflict("box_settled", BOX_SETTLED)
    for box in boxes.values():
        _settle(box, document_id, actor=actor, at=at)


def _settle(box: SetAsideBox, document_id: int | None, *, actor: Actor, at: datetime, reason: str = "") -> None:
    box.settled_at, box.document_id = at, document_id
    db.session.flush()
    _note(AuditCode.BOX_SETTLED, box, {"document": [None, document_id]}, actor=actor, at=at, reason=reason)


def _note(code: AuditCode, box: SetAsideBox, changes: Changes, *, actor: Actor, at: datetime, reason: str) -> None:
    told = {name: change for name, change in changes.items() if change[0] != change[1]}
    audit.record(code, Subject("box", box.id, box.code), actor=actor, at=at, changes=told, reason=reason)
