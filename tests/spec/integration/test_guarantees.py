"""Guarantees: whose certificate a guarantor shows, who he is, and which contracts of whom he secures."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.link_guarantees import LINK_GUARANTEES
from maisui.integration.match_certificates import MATCH_CERTIFICATES
from maisui.integration.resolve_guarantor import RESOLVE_GUARANTOR

DELIVERIES = """
    source_file_id | feed_code | business_date
    ---------------+-----------+--------------
    G-APRIL        | 602       | 2026-04-30
    G-MAY          | 602       | 2026-05-31
    G-JUNE         | 602       | 2026-06-30
    K-APRIL        | 601       | 2026-04-30
    K-MAY          | 601       | 2026-05-31
    K-JUNE         | 601       | 2026-06-30
"""

# 11010519491231002X is the standard's own example of a resident number, 91350100M000100Y43 that of a credit code.
CUSTOMERS = """
    customer_number | certificate_type   | certificate_number
    ----------------+--------------------+-------------------
    C1              | 居民身份证         | 11010519491231002X
    C2              | 居民身份证         | 110105194912310021
    C3              | 统一社会信用代码   | 91350100M000100Y43
    C4              | 居民身份证         | A7F3B2
    C5              | 居民身份证         | TWICE
    C6              | 居民身份证         | TWICE
    C7              | 护照               | A7F3B2
    C8              |                    |
"""


def test_certificates_are_matched_by_type_and_number_and_graded(engine: Engine) -> None:
    """A real number is exact; an equal one that fails its check digit or is deformed is told apart; a name never matches."""
    load_tables(
        engine,
        customer=CUSTOMERS,
        guarantor_snapshot="""
            reported_on | source_line | guarantee_contract_number | certificate_type   | certificate_number
            ------------+-------------+---------------------------+--------------------+-------------------
            2026-06-30  | 1           | G1                        | 居民身份证         | 11010519491231002x
            2026-06-30  | 2           | G1                        | 身份证             | 110105194912310021
            2026-06-30  | 3           | G2                        | 统一社会信用代码   | 91350100M000100Y43
            2026-06-30  | 4           | G2                        | 居民身份证         | A7F3B2
            2026-06-30  | 5           | G2                        | 居民身份证         | TWICE
            2026-06-30  | 6           | G3                        | 军官证             | A7F3B2
            2026-06-30  | 7           | G3                        |                    | A7F3B2
            2026-06-30  | 8           | G3                        | 居民身份证         |
        """,
        collateral_item_snapshot="""
            reported_on | guarantee_contract_number | collateral_number | certificate_type | certificate_number
            ------------+---------------------------+-------------------+------------------+-------------------
            2026-06-30  | G9                        | Y1                | 居民身份证       | A7F3B2
            2026-06-30  | G9                        | Y2                | 护照             | A7F3B2
        """,
    )
    run(engine, MATCH_CERTIFICATES, reporting_date="2026-06-30")
    expect(
        engine,
        "certificate_match",
        """
        certificate_type | certificate_number | customer_number | candidate_count | identity_grade
        -----------------+--------------------+-----------------+-----------------+---------------
        居民身份证       | 11010519491231002x | C1              | 1               | exact
        身份证           | 110105194912310021 | C2              | 1               | deformed
        统一社会信用代码 | 91350100M000100Y43 | C3              | 1               | exact
        居民身份证       | A7F3B2             | C4              | 1               | deformed
        居民身份证       | TWICE              | C5              | 2               | deformed
        军官证           | A7F3B2             |                 | 0               | unresolved
        护照             | A7F3B2             | C7              | 1               | deformed
        """,
    )


def test_a_guarantor_is_a_customer_where_his_certificate_says_so(engine: Engine) -> None:
    """His customer number is his key; who ended or vanished is valid until the next report of the feed."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        certificate_match="""
            certificate_type | certificate_number | customer_number | candidate_count | identity_grade
            -----------------+--------------------+-----------------+-----------------+---------------
            居民身份证       | N1                 | C1              | 1               | deformed
            居民身份证       | N2                 |                 | 0               | unresolved
        """,
        guarantor_snapshot="""
            source_file_id | source_line | reported_on | guarantee_contract_number | certificate_type | certificate_number | net_assets_amount | contract_status
            ---------------+-------------+-------------+---------------------------+------------------+--------------------+-------------------+----------------
            G-APRIL        | 1           | 2026-04-30  | G1                        | 居民身份证       | N1                 | 100.00            | in_force
            G-MAY          | 1           | 2026-05-31  | G1                        | 居民身份证       | N1                 | 120.00            | in_force
            G-JUNE         | 1           | 2026-06-30  | G1                        | 居民身份证       | N1                 | 130.00            | ended
            G-MAY          | 2           | 2026-05-31  | G2                        | 居民身份证       | N1                 | 120.00            | unknown
            G-MAY          | 3           | 2026-05-31  | G2                        | 居民身份证       | N1                 | 120.00            | in_force
            G-JUNE         | 2           | 2026-06-30  | G2                        | 居民身份证       | N1                 | 121.00            | in_force
            G-MAY          | 4           | 2026-05-31  | G3                        | 居民身份证       | N1                 | 1.00              | not_yet
        """,
    )
    run(engine, RESOLVE_GUARANTOR, reporting_date="2026-06-30")
    expect(
        engine,
        "guarantor",
        """
        guarantee_contract_number | guarantor_key | customer_number | identity_grade | net_assets_amount | first_reported_on | last_reported_on | valid_until
        --------------------------+---------------+-----------------+----------------+-------------------+-------------------+------------------+------------
        G1                        | C1            | C1              | deformed       | 120.00            | 2026-04-30        | 2026-05-31       | 2026-06-30
        G2                        | C1            | C1              | deformed       | 121.00            | 2026-05-31        | 2026-06-30       |
        """,
    )


def test_a_guarantor_nobody_knows_is_one_party_by_his_certificate_and_none_by_his_name(engine: Engine) -> None:
    """The same unknown certificate is the same party under two contracts; the same name without one is not."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        guarantor_snapshot="""
            source_file_id | source_line | reported_on | guarantee_contract_number | guarantor_name | certificate_type | certificate_number
            ---------------+-------------+-------------+---------------------------+----------------+------------------+-------------------
            G-JUNE         | 1           | 2026-06-30  | G1                        | Li             | 居民身份证       | N2
            G-JUNE         | 2           | 2026-06-30  | G2                        | Li             | 居民身份证       | N2
            G-JUNE         | 3           | 2026-06-30  | G1                        | Wang           |                  |
            G-JUNE         | 4           | 2026-06-30  | G2                        | Wang           |                  |
        """,
    )
    run(engine, RESOLVE_GUARANTOR, reporting_date="2026-06-30")
    parties = engine.fetch("SELECT guarantor_name, count(DISTINCT guarantor_key), count(*) FROM guarantor GROUP BY guarantor_name")
    assert sorted(parties) == [("Li", 1, 2), ("Wang", 2, 2)]


GUARANTORS = """
    guarantee_contract_number | guarantor_key | customer_number | identity_grade | first_reported_on | last_reported_on | valid_until
    --------------------------+---------------+-----------------+----------------+-------------------+------------------+------------
    G1                        | C1            | C1              | exact          | 2026-04-30        | 2026-06-30       |
    G1                        | X             |                 | unresolved     | 2026-05-31        | 2026-06-30       |
    G2                        | C2            | C2              | exact          | 2026-04-30        | 2026-05-31       | 2026-06-30
    G3                        | C3            | C3              | exact          | 2026-04-30        | 2026-06-30       |
"""


def test_a_guarantee_links_its_guarantors_to_the_borrowers_of_its_contracts(engine: Engine) -> None:
    """One edge for each guarantor and contract, from the contract's start; whoever joins later begins later; self-guarantees are marked."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        guarantor=GUARANTORS,
        guarantee_contract_snapshot="""
            source_file_id | source_line | reported_on | guarantee_contract_number | guaranteed_contract_number | guarantee_amount | starts_on  | contract_status
            ---------------+-------------+-------------+---------------------------+----------------------------+------------------+------------+----------------
            K-APRIL        | 1           | 2026-04-30  | G1                        | H1                         | 500.00           | 2026-01-10 | in_force
            K-JUNE         | 1           | 2026-06-30  | G1                        | H1                         | 450.00           | 2026-01-10 | in_force
            K-JUNE         | 2           | 2026-06-30  | G1                        | H2                         | 70.00            |            | in_force
            K-APRIL        | 2           | 2026-04-30  | G2                        | H2                         | 90.00            | 2025-12-01 | in_force
            K-MAY          | 2           | 2026-05-31  | G2                        | H2                         | 90.00            | 2025-12-01 | ended
            K-JUNE         | 3           | 2026-06-30  | G3                        | H3                         | 30.00            | 2026-02-01 | in_force
            K-JUNE         | 4           | 2026-06-30  | G3                        | H9                         | 40.00            | 2026-02-01 | in_force
            K-JUNE         | 5           | 2026-06-30  | G8                        | H1                         | 60.00            | 2026-02-01 | in_force
        """,
        loan_contract_snapshot="""
            reported_on | contract_number | customer_number | contract_amount
            ------------+-----------------+-----------------+----------------
            2026-05-31  | H1              | C9              | 500.00
            2026-05-31  | H3              | C3              | 30.00
        """,
        loan_snapshot="""
            reported_on | loan_number | contract_number | customer_number | disbursed_on
            ------------+-------------+-----------------+-----------------+-------------
            2026-05-31  | L2          | H2              | C8              | 2026-01-01
            2026-05-31  | L1          | H1              | C7              | 2026-01-01
        """,
    )
    run(engine, LINK_GUARANTEES, reporting_date="2026-06-30")
    expect(
        engine,
        "guarantee_link",
        """
        guarantee_contract_number | guaranteed_contract_number | guarantor_key | borrower_number | guarantee_amount | valid_from | valid_until | is_self
        --------------------------+----------------------------+---------------+-----------------+------------------+------------+-------------+--------
        G1                        | H1                         | C1            | C9              | 450.00           | 2026-01-10 |             | no
        G1                        | H1                         | X             | C9              | 450.00           | 2026-05-31 |             | no
        G1                        | H2                         | C1            | C8              | 70.00            | 2026-06-30 |             | no
        G1                        | H2                         | X             | C8              | 70.00            | 2026-06-30 |             | no
        G2                        | H2                         | C2            | C8              | 90.00            | 2025-12-01 | 2026-05-31  | no
        G3                        | H3                         | C3            | C3              | 30.00            | 2026-02-01 |             | yes
        G3                        | H9                         | C3            |                 | 40.00            | 2026-02-01 |             | no
        """,
    )


def test_without_guarantees_there_are_no_links(engine: Engine) -> None:
    load_tables(engine, loan_contract_snapshot="reported_on | contract_number | contract_amount\n---+---+---\n2026-05-31 | H1 | 5.00")
    run(engine, LINK_GUARANTEES, reporting_date="2026-06-30")
    assert engine.fetch("SELECT count(*) FROM guarantee_link")[0][0] == 0
