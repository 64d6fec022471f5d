"""What may be done with an order where it stands."""

import pytest

from shop.errors import Conflict
from shop.orders.rules.states import CLAIMING, OrderDeed, OrderState, deeds_of, state_after


def test_an_order_goes_its_way() -> None:
    state = OrderState.PLACED
    for deed in (OrderDeed.CONFIRM, OrderDeed.PICK, OrderDeed.DISPATCH, OrderDeed.DELIVER):
        assert deeds_of(state)[0] is deed
        state = state_after(state, deed)
    assert state is OrderState.DELIVERED
    assert deeds_of(state) == []


@pytest.mark.parametrize("state", OrderState)
def test_it_is_cancelled_only_while_its_copies_stand_on_the_shelf(state: OrderState) -> None:
    if state in CLAIMING:
        assert state_after(state, OrderDeed.CANCEL) is OrderState.CANCELLED
    else:
        with pytest.raises(Conflict):
            state_after(state, OrderDeed.CANCEL)


def test_what_was_not_confirmed_is_not_dispatched() -> None:
    with pytest.raises(Conflict) as refusal:
        state_after(OrderState.PLACED, OrderDeed.DISPATCH)
    assert refusal.value.code == "order_elsewhere"
