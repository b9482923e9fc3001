"""`maisui users`: users made, reset and disabled at the server, where no administrator can sign in yet or any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption, parse_day
from maisui.cli.output import console, print_json, print_table
from maisui.errors import AccessError
from maisui.warehouse.home import open_home
from maisui.web import start

if TYPE_CHECKING:
    from maisui.web.actions.users import Enrolment
    from maisui.web.staff.models import StaffUser

users = typer.Typer(help="Users and roles, at the server.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="Sign-in name.")]


@users.command("add")
def add_command(
    username: NameArgument,
    name: Annotated[str, typer.Option("--name", help="Name shown.")],
    role: Annotated[list[str] | None, typer.Option("--role", help="Role to grant; may be repeated.")] = None,
    organisation: Annotated[
        str, typer.Option("--org", help="Organisation at the top of what he may see; the whole entity by default.")
    ] = "",
    employee: Annotated[str, typer.Option("--employee", help="His number in the employee table; when he leaves, his access ends.")] = "",
    until: Annotated[str | None, typer.Option("--until", help="Day on which the roles end, YYYY-MM-DD.")] = None,
    hours: Annotated[int, typer.Option("--hours", help="How long the one-time password opens.", min=1, max=168)] = 24,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make a user and print his one-time password; he chooses his own at the first sign-in."""
    last = parse_day(until)
    start.prepare(open_home(home).path)
    from maisui.web.actions.roles import enrol_user  # noqa: PLC0415 - needs the settings
    from maisui.web.audit.actor import operator  # noqa: PLC0415

    made = enrol_user(
        by=operator(),
        username=username,
        name=name,
        employee_number=employee,
        holdings=[(code, organisation) for code in role or ()],
        valid_until=last,
        valid_for=timedelta(hours=hours),
    )
    _print_enrolment(made, as_json)


@users.command("reset")
def reset_command(
    username: NameArgument,
    second_factor: Annotated[bool, typer.Option("--second-factor", help="Also forget his second factor.")] = False,
    hours: Annotated[int, typer.Option("--hours", help="How long the one-time password opens.", min=1, max=168)] = 24,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Give a user a one-time password, lift his lock-out and end his sessions."""
    start.prepare(open_home(home).path)
    from maisui.web.actions.users import reset_password  # noqa: PLC0415 - needs the settings
    from maisui.web.audit.actor import operator  # noqa: PLC0415

    made = reset_password(by=operator(), user=_found(username), with_second_factor=second_factor, valid_for=timedelta(hours=hours))
    _print_enrolment(made, as_json)


@users.command("disable")
def disable_command(username: NameArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Take all access away from a user."""
    start.prepare(open_home(home).path)
    from maisui.web.actions.users import disable_user  # noqa: PLC0415 - needs the settings
    from maisui.web.audit.actor import operator  # noqa: PLC0415

    user = _found(username)
    disable_user(by=operator(), user=user)
    if as_json:
        print_json({"username": user.username, "is_active": False})
    else:
        console.print(f"{user.username} is disabled; his sessions end by the next request", highlight=False)


@users.command("list")
def list_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List users with the roles they hold today."""
    start.prepare(open_home(home).path)
    from maisui.web.staff.grants import grants_on  # noqa: PLC0415 - needs the settings
    from maisui.web.staff.models import StaffUser  # noqa: PLC0415

    found: list[dict[str, Any]] = [
        {
            "username": user.username,
            "name": user.name,
            "employee_number": user.employee_number,
            "is_active": user.is_active,
            "grants": [
                {"role": grant.role, "organisation": grant.organisation_code, "until": grant.valid_until} for grant in grants_on(user)
            ],
        }
        for user in StaffUser.objects.all()
    ]
    if as_json:
        print_json(found)
        return
    rows = [
        [
            user["username"],
            user["name"],
            "yes" if user["is_active"] else "no",
            ", ".join(f"{grant['role']}@{grant['organisation'] or '*'}" for grant in user["grants"]),
        ]
        for user in found
    ]
    print_table("users", [("user", "left"), ("name", "left"), ("active", "left"), ("roles", "left")], rows)


def _found(username: str) -> StaffUser:
    from maisui.web.staff.models import StaffUser  # noqa: PLC0415 - needs the settings

    user = StaffUser.objects.filter(username=username.strip().lower()).first()
    if user is None:
        raise AccessError("there is no such user", where=username, next_step="`maisui users list` shows all")
    return user


def _print_enrolment(made: Enrolment, as_json: bool) -> None:
    if as_json:
        print_json({"username": made.user.username, "password": made.password, "until": made.until.isoformat(timespec="seconds")})
        return
    console.print(f"user      [bold]{made.user.username}[/bold]", highlight=False)
    console.print(f"password  {made.password}", highlight=False, markup=False)
    console.print(f"          opens once, until {made.until:%Y-%m-%d %H:%M} UTC; he then chooses his own", highlight=False)
