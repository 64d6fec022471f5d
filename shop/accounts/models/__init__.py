"""Accounts as tables: people, their roles, their sessions, and how often a password was tried."""

from shop.accounts.models.account import Account, account_role
from shop.accounts.models.attempts import AttemptCount
from shop.accounts.models.role import Role
from shop.accounts.models.session import AccountSession

__all__ = ["Account", "AccountSession", "AttemptCount", "Role", "account_role"]
