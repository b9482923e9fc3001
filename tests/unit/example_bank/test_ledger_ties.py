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


def test_internal_accounts_and_card_overdrafts_equal_the_ledger(bank) -> None:
    bank.rows(NET)
    internal = bank.rows(
        "WITH sub AS (SELECT delivered, NBJGH, MXKMBH, sum(JFYE::DECIMAL(18,2) - DFYE::DECIMAL(18,2)) AS held FROM NBFHZ GROUP BY ALL)"
        " SELECT * FROM sub LEFT JOIN net ON net.delivered = sub.delivered AND net.NBJGH = sub.NBJGH AND net.KJKMBH = sub.MXKMBH"
        " WHERE closing IS DISTINCT FROM held"
    )
    cards = bank.rows(
        "WITH sub AS (SELECT delivered, NBJGH, sum(TZJE::DECIMAL(18,2)) AS held FROM XYKSXQKB GROUP BY ALL)"
        " SELECT * FROM sub FULL JOIN (SELECT * FROM net WHERE KJKMBH = '1307') AS gl ON gl.delivered = sub.delivered AND gl.NBJGH = sub.NBJGH"
        " WHERE coalesce(held, 0) <> coalesce(closing, 0)"
    )
    assert (internal, cards) == ([], [])
    assert bank.rows("SELECT sum(TZJE::DECIMAL(18,2)) > 0 FROM XYKSXQKB") == [(True,)]


def test_overdrafts_change_by_the_postings_on_cards_and_internal_accounts_by_theirs(bank) -> None:
    moved = bank.rows(
        "WITH held AS (SELECT delivered, sum(TZJE::DECIMAL(18,2)) AS held FROM XYKSXQKB GROUP BY ALL),"
        " moved AS (SELECT delivered, sum(CASE JYJDBZ WHEN '借' THEN JYJE::DECIMAL(18,2) ELSE -JYJE::DECIMAL(18,2) END) AS moved"
        "  FROM XYKJYMXB GROUP BY ALL),"
        " steps AS (SELECT delivered, held, held - lag(held) OVER (ORDER BY delivered) AS rise FROM held)"
        " SELECT * FROM steps LEFT JOIN moved USING (delivered) WHERE rise IS NOT NULL AND rise <> coalesce(moved, 0)"
    )
    entries = bank.rows(
        "WITH held AS (SELECT delivered, NBFHZZH, sum(JFYE::DECIMAL(18,2) - DFYE::DECIMAL(18,2)) AS held FROM NBFHZ GROUP BY ALL),"
        " moved AS (SELECT delivered, NBFHZZH, sum(CASE JYJDBZ WHEN '借' THEN JYJE::DECIMAL(18,2) ELSE -JYJE::DECIMAL(18,2) END) AS moved"
        "  FROM NBFHZMX GROUP BY ALL),"
        " steps AS (SELECT *, held - lag(held) OVER (PARTITION BY NBFHZZH ORDER BY delivered) AS rise FROM held)"
        " SELECT * FROM steps LEFT JOIN moved USING (delivered, NBFHZZH) WHERE rise IS NOT NULL AND rise <> coalesce(moved, 0)"
    )
    assert (moved, entries) == ([], [])


def test_agency_fees_are_what_the_ledger_earned_by_selling(bank) -> None:
    bank.rows(NET)
    compared = bank.rows(
        "WITH fees AS (SELECT delivered, sum(SXFJE::DECIMAL(18,2)) AS fee FROM"
        "  (SELECT delivered, SXFJE FROM DLDXJYXXB UNION ALL SELECT delivered, SXFJE FROM LCCPXSMX) GROUP BY ALL),"
        " earned AS (SELECT delivered, sum(debits) AS debits, sum(credits) AS earned FROM net WHERE KJKMBH = '602104' GROUP BY ALL)"
        " SELECT earned, coalesce(fee, 0) FROM earned LEFT JOIN fees USING (delivered) WHERE debits = 0"
    )
    assert sum(earned for earned, _ in compared) > 0
    assert [row for row in compared if row[0] != row[1]] == []


def test_bills_and_advances_equal_their_subjects_on_every_date(bank) -> None:
    bank.rows(NET)
    for table, amount, subject in (
        ("PJTXB", "CASE PJZT WHEN '未到期' THEN PMJE::DECIMAL(18,2) ELSE 0 END", "130101"),
        ("DKDJB", "DKYE::DECIMAL(18,2)", "130601"),
    ):
        broken = bank.rows(
            f"WITH sub AS (SELECT delivered, NBJGH, sum({amount}) AS held FROM {table} GROUP BY ALL)"
            f" SELECT * FROM sub FULL JOIN (SELECT * FROM net WHERE KJKMBH = '{subject}') AS gl"
            " ON gl.delivered = sub.delivered AND gl.NBJGH = sub.NBJGH WHERE coalesce(held, 0) <> coalesce(closing, 0)"
        )
        assert broken == []
        assert bank.rows(f"SELECT max(closing) > 0 FROM net WHERE KJKMBH = '{subject}'") == [(True,)]


def test_a_bills_discount_is_face_less_interest_and_earned_by_its_end(bank) -> None:
    """What was kept back on bills still held lies between nothing and their interest, day-count 360."""
    bank.rows(NET)
    assert bank.rows("SELECT * FROM PJTXB WHERE PMJE::DECIMAL(18,2) - TXLX::DECIMAL(18,2) <> TXJE::DECIMAL(18,2)") == []
    assert bank.rows("SELECT * FROM PJTXB WHERE TXJXTS::INT <> strptime(PJDQRQ, '%Y%m%d')::DATE - strptime(TXRQ, '%Y%m%d')::DATE") == []
    outside = bank.rows(
        "WITH kept AS (SELECT delivered, sum(CASE PJZT WHEN '未到期' THEN TXLX::DECIMAL(18,2) ELSE 0 END) AS interest FROM PJTXB GROUP BY ALL)"
        " SELECT * FROM kept JOIN (SELECT delivered, -sum(closing) AS unearned FROM net WHERE KJKMBH = '130102' GROUP BY ALL) USING (delivered)"
        " WHERE unearned < 0 OR unearned > interest"
    )
    assert outside == []


def test_written_off_loans_are_sold_once(bank) -> None:
    """703 is the sum of 704, and what is sold had been written off for the same principal."""
    contracts = bank.rows("SELECT ZRHTH, ZRDKBJZE::DECIMAL(18,2) FROM XDZCZRB WHERE delivered = '20261031' ORDER BY 1")
    sums = bank.rows("SELECT ZRHTH, sum(ZRDKBJ::DECIMAL(18,2)) FROM ZCZRGXB WHERE delivered = '20261031' GROUP BY ALL ORDER BY 1")
    assert contracts == sums != []
    assert bank.rows("SELECT XDJJH FROM ZCZRGXB WHERE delivered = '20261031' GROUP BY ALL HAVING count(*) > 1") == []
    given_up = bank.rows(
        "SELECT XDJJH FROM ZCZRGXB z WHERE delivered = '20261031' AND NOT EXISTS (SELECT 1 FROM ZCHXB h"
        " WHERE h.delivered = '20261031' AND h.JJH = z.XDJJH AND h.HXBJ = z.ZRDKBJ)"
    )
    assert given_up == []


def test_every_wealth_product_sold_stands_in_the_list(bank) -> None:
    assert bank.rows("SELECT LCCPDM FROM LCCPXSMX EXCEPT SELECT LCCPDM FROM LCCPXX") == []
