"""The drawn table of a contract's columns: its heading is no column, a column called as the heading is one."""

from __future__ import annotations

from pathlib import Path

from maisui.sources.loader import load_source

CONTRACT = """
[source]
code = "cedar"

[[feed]]
code = "outlet"
file = "outlets_{date}.csv"
content = "full"
key = ["id"]
columns = '''
name | kind | need | title | words
-----+------+------+-------+------
id   | code | key  | number |
name | text | must | name  |
'''
"""


def test_a_column_may_be_called_name(tmp_path: Path) -> None:
    (tmp_path / "contract.toml").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "organisation_snapshot.sql").write_text("SELECT id AS organisation_code, name FROM cedar_outlet", encoding="utf-8")
    feed = load_source(tmp_path).feeds["outlet"]
    assert [(column.name, column.is_required) for column in feed.columns] == [("id", True), ("name", True)]
