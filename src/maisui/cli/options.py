"""Options that several verbs share, and how their text becomes values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from maisui.errors import QuestionError

HomeOption = Annotated[Path, typer.Option("--home", help="The bank's home folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, decimals as text.")]
DEFAULT_HOME = Path("maisui-home")

Choice = TypeVar("Choice", bound=StrEnum)


def parse_day(text: str | None) -> date | None:
    """Return the day that `text` (YYYY-MM-DD) names, None for None.

    Raises:
        QuestionError: when it is no such day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError(f"{text!r} is not a day", where="--date", next_step="write it as YYYY-MM-DD") from None


def parse_choice(kind: type[Choice], text: str, option: str) -> Choice:
    """Return the member of `kind` that `text` names; `-` and `_` are the same.

    Raises:
        QuestionError: when there is none.
    """
    for member in kind:
        if member.value.replace("_", "-") == text.replace("_", "-"):
            return member
    known = ", ".join(member.value for member in kind)
    raise QuestionError(f"{text!r} is not known", where=option, next_step=f"use one of: {known}")
