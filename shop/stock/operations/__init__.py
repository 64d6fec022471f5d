"""The deeds of the stock; each writes one document with its movements, or nothing."""

from shop.stock.operations.adjusting import adjust
from shop.stock.operations.booking import Booking, Cause, Line, book
from shop.stock.operations.boxes import set_aside, settle_box
from shop.stock.operations.claiming import Shortage, Taken, allocate, hold
from shop.stock.operations.dispatching import dispatch
from shop.stock.operations.locations import add_location, archive_location, rename_location, restore_location
from shop.stock.operations.receiving import receive
from shop.stock.operations.releasing import let_expired_go, let_go, release
from shop.stock.operations.retiring import retire_edition
from shop.stock.operations.reversing import reverse
from shop.stock.operations.transferring import transfer
from shop.stock.operations.verifying import verify
from shop.stock.operations.writing_off import write_off

__all__ = [
    "Booking",
    "Cause",
    "Line",
    "Shortage",
    "Taken",
    "add_location",
    "adjust",
    "allocate",
    "archive_location",
    "book",
    "dispatch",
    "hold",
    "let_expired_go",
    "let_go",
    "receive",
    "release",
    "rename_location",
    "restore_location",
    "retire_edition",
    "reverse",
    "set_aside",
    "settle_box",
    "transfer",
    "verify",
    "write_off",
]
