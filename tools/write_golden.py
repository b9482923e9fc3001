"""Writes what is made from the code: reference pages, generated regions of how-to pages, and the golden Spark SQL.

`make golden` runs it. Look at the difference before committing it: a change of a golden file is a change of meaning.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from golden_sql import SQL_FOLDER, golden_sql
from reference_access import roles_table
from reference_commands import commands_page, errors_page, exit_codes
from reference_home import bank_toml_page
from reference_model import controls_page, delivered_tables, metrics_page, parameters_page, tables_page

ROOT = Path(__file__).resolve().parent.parent

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/metrics.md": metrics_page,
    "docs/reference/tables.md": tables_page,
    "docs/reference/parameters.md": parameters_page,
    "docs/reference/controls.md": controls_page,
    "docs/reference/commands.md": commands_page,
    "docs/reference/errors.md": errors_page,
    "docs/reference/bank-toml.md": bank_toml_page,
}
"""Pages that are generated as a whole."""

REGIONS: dict[tuple[str, str], Callable[[], str]] = {
    ("docs/how-to/connect-a-source.md", "delivered tables"): delivered_tables,
    ("docs/how-to/operate.md", "exit codes"): exit_codes,
    ("docs/how-to/sign-in-and-roles.md", "roles"): roles_table,
}
"""Generated regions of written pages: between `<!-- generated: NAME -->` and `<!-- end -->`."""


def expected_pages() -> dict[Path, str]:
    """Return every generated page and every page with a generated region, as the code gives it."""
    pages = {ROOT / name: page() for name, page in PAGES.items()}
    for (name, region), content in REGIONS.items():
        path = ROOT / name
        pages[path] = with_region(pages.get(path) or path.read_text(encoding="utf-8"), region, content())
    return pages


def expected_sql() -> dict[Path, str]:
    """Return every golden SQL file as the code gives it."""
    return {ROOT / SQL_FOLDER / name: text for name, text in golden_sql().items()}


def with_region(page: str, region: str, content: str) -> str:
    """Return `page` with the text of one generated region replaced.

    Raises:
        ValueError: when the page does not hold the region exactly once.
    """
    marked = re.compile(rf"(<!-- generated: {re.escape(region)} -->\n).*?(<!-- end -->)", re.DOTALL)
    filled, count = marked.subn(lambda match: f"{match[1]}\n{content.strip()}\n\n{match[2]}", page)
    if count != 1:
        raise ValueError(f"the region {region!r} stands {count} times in the page")
    return filled


def main() -> None:
    """Write all files that differ and remove golden SQL that no step gives any more."""
    wanted = {**expected_pages(), **expected_sql()}
    changed = 0
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
    stale = [path for path in (ROOT / SQL_FOLDER).rglob("*.sql") if path not in wanted]
    for path in stale:
        path.unlink()
    sys.stdout.write(f"{len(wanted)} files made from the code: {changed} written, {len(stale)} removed\n")


if __name__ == "__main__":
    main()
