"""The delivered general ledger balances and equals the delivered sub-ledgers to the cent."""

from __future__ import annotations

NET = """
CREATE OR REPLACE TEMP VIEW net AS
SELECT delivered, NBJGH, KJKMBH, BZ,
  QCJFYE::DECIMAL(18,2) - QCDFYE::DECIMAL(18,2) AS opening, JFFSE::DECIMAL(18,2) AS debits,
  DFFSE::DECIMAL(18,2) AS credits, QMJFYE::DECIMAL(18,2) - QMDFYE::DECIMAL(18,2) AS closing
FROM ZZKJQKMB
"""
LEAVES = "(SELECT s.KJKMBH FROM NBKMDZB s WHERE NOT EXISTS (SELECT 1 FROM NBKMDZB c WHERE c.SJKMBH = s.KJKMBH))"


def test_opening_and_turnover_give_closing(bank) -> None:
    bank.rows(NET)
    assert bank.rows("SELECT count(*) FROM net")[0][0] > 0
    assert bank.rows("SELECT * FROM net WHERE opening + debits - credits <> closing") == []


def test_debits_equal_credits_in_every_organisation_and_on_every_date(bank) -> None:
    bank.rows(NET)
    broken = bank.rows(
        f"SELECT delivered, NBJGH FROM net WHERE KJKMBH IN {LEAVES} GROUP BY ALL "
        "HAVING sum(opening) <> 0 OR sum(closing) <> 0 OR sum(debits) <> sum(credits)"
    )
    assert broken == []


def test_previous_closing_is_next_opening(bank) -> None:
    bank.rows(NET)
    broken = bank.rows(
        "SELECT * FROM (SELECT *, lag(closing) OVER (PARTITION BY NBJGH, KJKMBH, BZ ORDER BY delivered) AS before FROM net)"
        " WHERE before IS NOT NULL AND before <> opening"
    )
    assert broken == []


def test_parents_are_the_sums_of_their_children(bank) -> None:
    bank.rows(NET)
    broken = bank.rows(
        "WITH chart AS (SELECT DISTINCT KJKMBH, SJKMBH FROM NBKMDZB), sums AS ("
        " SELECT delivered, NBJGH, SJKMBH, sum(opening) AS opening, sum(debits) AS debits, sum(credits) AS credits,"
        "  sum(closing) AS closing FROM net JOIN chart USING (KJKMBH) WHERE SJKMBH <> '0' GROUP BY ALL)"
        " SELECT * FROM sums JOIN net p ON p.delivered = sums.delivered AND p.NBJGH = sums.NBJGH AND p.KJKMBH = sums.SJKMBH"
        " WHERE p.closing <> sums.closing OR p.debits <> sums.debits OR p.credits <> sums.credits OR p.opening <> sums.opening"
    )
    assert broken == []


def test_system_internal_positions_eliminate(bank) -> None:
    bank.rows(NET)
    assert bank.rows("SELECT delivered FROM net WHERE KJKMBH = '3101' GROUP BY ALL HAVING sum(closing) <> 0") == []


def test_sub_ledgers_equal_the_ledger_in_both_directions(bank) -> None:
    bank.rows(NET)
    broken = bank.rows(
        "WITH sub AS (SELECT delivered, NBJGH, MXKMBH, sum(CKYE::DECIMAL(18,2)) AS held FROM"
        "  (SELECT delivered, NBJGH, MXKMBH, CKYE FROM GRCKFHZ UNION ALL SELECT delivered, NBJGH, MXKMBH, CKYE FROM DGCKFHZ)"
        "  GROUP BY ALL UNION ALL"
        " SELECT delivered, NBJGH, MXKMBH, sum(-DKYE::DECIMAL(18,2)) FROM"
        "  (SELECT delivered, NBJGH, MXKMBH, DKYE FROM GRXDFHZ UNION ALL SELECT delivered, NBJGH, MXKMBH, DKYE FROM DGXDFHZ)"
        "  GROUP BY ALL),"
        f" gl AS (SELECT delivered, NBJGH, net.KJKMBH, -closing AS held FROM net WHERE KJKMBH IN {LEAVES}"
        "  AND KJKMBH IN (SELECT KJKMBH FROM NBKMDZB WHERE GSYWZL IN ('各项存款', '各项贷款')))"
        " SELECT * FROM sub FULL JOIN gl ON sub.delivered = gl.delivered AND sub.NBJGH = gl.NBJGH AND sub.MXKMBH = gl.KJKMBH"
        " WHERE coalesce(sub.held, 0) <> coalesce(gl.held, 0)"
    )
    assert broken == []
    assert bank.rows("SELECT count(DISTINCT delivered) FROM GRCKFHZ")[0][0] == len(bank.report.deliveries)


def test_outlets_and_head_office_keep_cash_and_reserves_positive(bank) -> None:
    bank.rows(NET)
    assert bank.rows("SELECT * FROM net WHERE KJKMBH IN ('1001', '100301', '100302', '101101', '150101') AND closing < 0") == []
