"""`flask staff`: accounts from the command line, for the first owner and for lost passwords."""

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext

from commands.console import at_the_console, now, plainly
from shop.accounts import operations as accounts
from shop.accounts.queries import account_by_email, all_accounts
from shop.db import transaction
from shop.errors import N_, Invalid
from web.passwords import new_password

staff = AppGroup("staff", help="Accounts of the staff.")
_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def _asked_password(password_stdin: bool) -> str:
    """Never an argument: those stand in the list of processes and in the shell's history."""
    if password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first, second = (str(click.prompt(text, hide_input=True)) for text in (gettext("Password"), gettext("Once more")))
    if first != second:
        raise Invalid("password_differs", N_("The two passwords differ."), field="password")
    return first


@staff.command("add", help="Add an account.")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, default=["viewer"], help="A role; may be given several times.")
@_stdin
@plainly
def add(email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Add an account."""
    password = new_password(_asked_password(password_stdin))
    with transaction():
        account = accounts.add_staff(
            email,
            name=name,
            password=password,
            roles=roles,
            actor=at_the_console(),
            at=now(),
        )
        told = gettext("%(name)s can sign in as %(email)s.", name=account.name, email=account.email)
    click.echo(told)


@staff.command("password", help="Give an account a new password and end its sessions.")
@click.argument("email")
@_stdin
@plainly
def password(email: str, password_stdin: bool) -> None:
    """Set a password."""
    fresh = new_password(_asked_password(password_stdin))
    with transaction():
        account_id = account_by_email(email).id
        accounts.set_password(account_id, fresh, actor=at_the_console(), at=now())
    click.echo(gettext("The password is changed."))


@staff.command("roles", help="Set the roles of an account.")
@click.argument("email")
@click.argument("roles", nargs=-1, required=True)
@plainly
def roles(email: str, roles: tuple[str, ...]) -> None:
    """Set roles."""
    with transaction():
        account = account_by_email(email)
        accounts.change_staff(
            account.id,
            email=account.email,
            name=account.name,
            roles=roles,
            version=account.version,
            actor=at_the_console(),
            at=now(),
        )
    click.echo(gettext("The roles are changed."))


@staff.command("deactivate", help="End an account's sessions and let it sign in no more.")
@click.argument("email")
@plainly
def deactivate(email: str) -> None:
    """Deactivate an account."""
    with transaction():
        accounts.deactivate(account_by_email(email).id, actor=at_the_console(), at=now())
    click.echo(gettext("The account is deactivated."))


@staff.command("list", help="Print the accounts: e-mail, name, roles, + when active.")
@plainly
def listed() -> None:
    """Print the accounts."""
    for account in all_accounts():
        named = ", ".join(str(role.name) for role in account.roles)
        click.echo(f"{account.email}\t{account.name}\t{named}\t{'+' if account.active else '-'}")
