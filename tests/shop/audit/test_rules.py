"""Who may be a doer, and how a change is written down."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor, ActorKind, changes
from shop.catalog.rules.editions import Language


@pytest.mark.parametrize("kind", [ActorKind.STAFF, ActorKind.CUSTOMER, ActorKind.PROGRAM])
def test_only_a_command_and_a_guest_pass_without_an_account(kind: ActorKind) -> None:
    with pytest.raises(ValueError, match="id"):
        Actor(kind, "", None)
    assert Actor.command("Нічна звірка").id is None
    assert Actor.guest().id is None


def test_a_command_has_no_account() -> None:
    with pytest.raises(ValueError, match="id"):
        Actor(ActorKind.COMMAND, "cron", 5)


def test_the_name_of_a_customer_is_not_kept_with_their_deeds() -> None:
    with pytest.raises(ValueError, match="name"):
        Actor(ActorKind.CUSTOMER, "Марія", 5)
    assert Actor.customer(5).columns == {"actor_kind": "customer", "actor_id": 5, "actor_name": ""}


def test_only_what_differs_is_written_in_a_form_that_json_holds() -> None:
    before = {"price": Decimal("5.00"), "language": Language.ENGLISH, "title": "Та сама"}
    after = {
        "price": Decimal(6),
        "language": Language.UKRAINIAN,
        "title": "Та сама",
        "at": datetime(2027, 1, 1, tzinfo=UTC),
    }
    assert changes(before, after) == {
        "price": ["5.00", "6"],
        "language": ["en", "uk"],
        "at": [None, "2027-01-01T00:00:00+00:00"],
    }
