"""Who acted: a copy of names, roles and scope, so that a record stays readable when the user is long gone."""

from __future__ import annotations

import getpass
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_address: ContextVar[str] = ContextVar("address", default="")


@contextmanager
def acting_from(address: str) -> Generator[None]:
    """Let every record written meanwhile carry `address` where its actor names none."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def current_address() -> str:
    """Return the address of the request being answered; empty outside a request."""
    return _address.get()


@dataclass(frozen=True)
class Actor:
    """One who acts, as the audit log names him.

    Attributes:
        username: sign-in name; empty for somebody who never signed in.
        name: the name shown.
        employee_number: number in the employee table of the bank, or empty.
        roles: codes of the roles held at that moment.
        scopes: organisations at the top of what he may see.
        address: where the request came from.
        permissions: what he may do; the check of an action reads it, the record does not keep it.
        is_operator: whether he works at the server's own command line, where the operating system has let him in.
    """

    username: str
    name: str
    employee_number: str = ""
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    address: str = ""
    permissions: frozenset[str] = frozenset()
    is_operator: bool = False


def stranger(tried: str = "") -> Actor:
    """Return the actor of a request that nobody signed in for; `tried` is the user name he gave."""
    return Actor(username=tried, name="", address=current_address())


def operator() -> Actor:
    """Return the actor of a command given at the server itself, named after the user of the operating system."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Actor(username=f"operator:{name}", name=name, address="local", is_operator=True)
