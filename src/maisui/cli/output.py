"""How facts are printed: tables for people, JSON with decimals as text for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from maisui.metrics import Unit
from maisui.warehouse.version import Control

console = Console(soft_wrap=False)


def print_json(value: object) -> None:
    """Print `value` as JSON; decimals and dates become text."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_table(title: str, headings: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; each heading comes with its alignment, `left` or `right`."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for heading, alignment in headings:
        table.add_column(heading, justify="right" if alignment == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def shown(value: Decimal | None, unit: Unit) -> str:
    """Return `value` as people read it: thousands, percent, or — where there is none."""
    if value is None:
        return "—"
    if unit is Unit.SHARE:
        return f"{value * 100:,.2f} %"
    return f"{value:,}"


def shown_change(change: Decimal | None, unit: Unit) -> str:
    """Return a change as people read it: that of a share in percentage points."""
    if change is not None and unit is Unit.SHARE:
        return f"{change * 100:+,.2f} pp"
    return shown(change, unit) if change is None else f"{change:+,}"


def control_line(control: Control) -> str:
    """Return one control as a batch tells it: whether it ties, and over how much."""
    mark, told = "[green]✓[/green]", f"{control.checked:,} compared"
    if control.violations:
        mark, told = "[yellow]![/yellow]", f"{control.violations:,} of {control.checked:,} differ by {control.difference}"
    elif not control.checked:
        mark, told = "—", "nothing delivered to compare"
    return f"{mark} {control.name_zh} {control.name_en}: {told}"
