"""What the deeds ask of a row: that it is there, held, unchanged, and that its name is free."""

from sqlalchemy.exc import IntegrityError

from shop.accounts.models import Account, Role
from shop.db import constraint_of, db
from shop.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid, NotFound

LONGEST_NAME = 80


def held_account(account_id: int, *, version: int | None = None) -> Account:
    """The account as it is now, held until the end. Raises NotFound, or Conflict when it has another version."""
    account = db.session.get(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
    if account is None:
        raise NotFound("account_not_found", N_("There is no such account."))
    if version is not None and account.version != version:
        raise Conflict("changed_meanwhile", CHANGED_MEANWHILE)
    return account


def held_role(role_id: int) -> Role:
    """The role as it is now, held until the end, even against being given to somebody. Raises NotFound."""
    role = db.session.get(Role, role_id, with_for_update=True, populate_existing=True)
    if role is None:
        raise NotFound("role_not_found", N_("There is no such role."))
    return role


def checked_name(name: str) -> str:
    """The name with single spaces. Raises Invalid."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid("name_wrong", N_("Give a name of at most 80 letters."), field="name")
    return name


def flush_unless_taken(column: str, taken: str) -> None:
    """Send the changes. Raises Conflict with the text `taken` when another row has the same value in `column`."""
    try:
        db.session.flush()
    except IntegrityError as error:
        if not constraint_of(error).endswith((f"_{column}", f".{column}")):
            raise
        raise Conflict(f"{column}_taken", taken, field=column) from error
