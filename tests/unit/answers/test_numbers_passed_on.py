"""Since when an employee number belongs to whom it belongs today: another person is told from a corrected report of the same one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from drawn_version import published

from maisui.answers.performance import PassedOn, numbers_passed_on

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
2026-01-31  | E5              | 吴九          | 110101199001010057 | B1
2026-02-28  | E5              | 郑十          |                    | B1
2026-03-31  | E5              | 钱十一        | 110101199001010073 | B1
2026-01-31  | E6              | 冯十二        |                    | B1
2026-03-31  | E6              | 冯拾贰        |                    | B1
"""
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def test_a_number_is_another_persons_where_name_and_certificate_differ(tmp_path: Path) -> None:
    """E1 went from 张三 to 李四 after February; E2 has a longer certificate, E3 a corrected name; of E4 nothing says that it is the same."""
    with published(tmp_path, date(2026, 1, 1), date(2026, 3, 31), employee_snapshot=REPORTS) as reader:
        assert numbers_passed_on(reader) == {
            "E1": PassedOn("李四", MARCH, MARCH),
            "E4": PassedOn("周八", FEBRUARY, None),
            "E5": PassedOn("钱十一", MARCH, FEBRUARY),
            "E6": PassedOn("冯拾贰", FEBRUARY, None),
        }


def test_without_certificates_the_account_s_own_name_tells_whether_it_is_another_person() -> None:
    """Who was registered before as today's reports have him was he all along; anybody else's account of then is closed, the new one begins."""
    found, before = PassedOn("冯拾贰", FEBRUARY, None), date(2025, 6, 1)
    assert (found.is_taken_from("冯拾贰", before), found.since_of("冯拾贰", before)) == (False, None)
    assert found.is_taken_from("孙七", before)
    assert (found.is_taken_from("冯拾贰", MARCH), found.since_of("冯拾贰", MARCH)) == (False, FEBRUARY)
    assert not found.is_taken_from("", None), "nobody in particular asks"
    assert found.since_of("", None) == FEBRUARY
    proven = PassedOn("李四", MARCH, MARCH)
    assert (proven.is_taken_from("李四", before), proven.since_of("李四", before)) == (False, MARCH), "what was before was another's"
    assert proven.is_taken_from("张三", before)
