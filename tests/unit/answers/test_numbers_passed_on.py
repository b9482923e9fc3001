"""Since when an employee number belongs to whom it belongs today: another person is told from a corrected report of the same one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from drawn_version import published

from maisui.answers.performance import numbers_passed_on

REPORTS = """
reported_on | employee_number | employee_name | certificate_number | organisation_code
------------+-----------------+---------------+--------------------+------------------
2026-01-31  | E1              | 张三          | 11010119900101001X | B1
2026-02-28  | E1              | 张三          | 11010119900101001X | B1
2026-03-31  | E1              | 李四          | 110101199502020022 | B1
2026-01-31  | E2              | 王五          | 110101900101001    | B1
2026-03-31  | E2              | 王五          | 110101199001010015 | B1
2026-01-31  | E3              | 赵六          | 110101199001010030 | B1
2026-03-31  | E3              | 赵陆          | 110101199001010030 | B1
2026-01-31  | E4              | 孙七          |                    | B1
2026-03-31  | E4              | 周八          | 110101199001010049 | B1
"""


def test_a_number_is_another_persons_where_name_and_certificate_differ(tmp_path: Path) -> None:
    """E1 went from 张三 to 李四 after February; E2 has a longer certificate, E3 a corrected name; of E4 nothing says that it is the same."""
    with published(tmp_path, date(2026, 1, 1), date(2026, 3, 31), employee_snapshot=REPORTS) as reader:
        assert numbers_passed_on(reader) == {"E1": date(2026, 3, 1), "E4": date(2026, 2, 1)}
