"""Adding, renaming and removing publishers."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Publisher
from shop.catalog.operations.publishers import add_publisher, remove_publisher, rename_publisher
from shop.db import db, transaction
from tests.factories import make_game, refused
from tests.factories.people import codes

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def publisher_id(app: object, actor: Actor, now: datetime) -> int:
    """A publisher in the database."""
    with transaction():
        return add_publisher("Feelindigo", actor=actor, at=now).id


def test_a_name_stands_once(publisher_id: int, actor: Actor, now: datetime) -> None:
    with refused("name_taken"), transaction():
        add_publisher(" Feelindigo ", actor=actor, at=now)


def test_a_rename_that_did_not_see_the_last_one_is_refused(publisher_id: int, actor: Actor, now: datetime) -> None:
    version = db.session.get_one(Publisher, publisher_id).version
    db.session.rollback()
    with transaction():
        rename_publisher(publisher_id, "Геймстер", version=version, actor=actor, at=now)
    with refused("changed_meanwhile"), transaction():
        rename_publisher(publisher_id, "Інший", version=version, actor=actor, at=now)
    assert db.session.get_one(Publisher, publisher_id).name == "Геймстер"


def test_a_publisher_of_a_game_cannot_be_removed_and_one_of_none_can(
    publisher_id: int, actor: Actor, now: datetime
) -> None:
    make_game(publisher_id=publisher_id)
    with transaction():
        other = add_publisher("Ігромаг", actor=actor, at=now).id
    with refused("in_use"), transaction():
        remove_publisher(publisher_id, actor=actor, at=now)
    with transaction():
        remove_publisher(other, actor=actor, at=now)
    assert codes().count(AuditCode.PUBLISHER_REMOVED) == 1
    assert db.session.scalars(db.select(Publisher.id)).all() == [publisher_id]
