"""Agency: whose card met whose machine, from the owner of the card and the acquirer alone."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.derive_attempt_agency import DERIVE_ATTEMPT_AGENCY

OURS = {
    "organisation_snapshot": """
        reported_on | organisation_code | bank_code
        ------------+-------------------+-----------
        2026-06-30  | B10               | 402001
        2026-06-30  | B20               |
    """,
    "account_alias": """
        alias_number | account_number | customer_number | organisation_code
        -------------+----------------+-----------------+------------------
        CARD1        | A1             | C1              | B10
        A1           | A1             | C1              | B10
    """,
    "terminal_snapshot": """
        reported_on | terminal_number | terminal_kind | organisation_code
        ------------+-----------------+---------------+------------------
        2026-05-31  | T1              | atm           | B30
        2026-06-30  | T1              | atm           | B20
        2026-06-30  | T2              | atm           | B10
    """,
}


def test_owner_of_the_card_and_acquirer_decide(engine: Engine) -> None:
    """Own card at own machine of the same or another outlet, others' cards here, our cards in the union and elsewhere, and what nobody can tell."""
    load_tables(
        engine,
        **OURS,
        channel_attempt="""
            attempt_number | attempted_on | channel_code | terminal_number | organisation_code | card_number | card_bank_code | acquirer_bank_code
            ---------------+--------------+--------------+-----------------+-------------------+-------------+----------------+-------------------
            SAME           | 2026-06-01   | atm          | T2              |                   | CARD1       |                |
            OTHER_OUTLET   | 2026-06-01   | atm          | T1              |                   | CARD1       | 402001         | 402001
            PHONE          | 2026-06-01   | telephone_bank |               |                   | A1          |                |
            THEIRS_HERE    | 2026-06-01   | atm          | T1              |                   | X1          | 313001         |
            UNION_HERE     | 2026-06-01   | atm          |                 | B20               | X2          | 402777         | 402001
            ELSEWHERE      | 2026-06-01   | pos          | Z9              |                   | CARD1       |                | 313001
            IN_UNION       | 2026-06-01   | atm          | Z8              |                   | CARD9       | 402001         | 402777
            NEITHER        | 2026-06-01   | atm          | Z7              |                   | X3          | 313001         | 313002
            UNTOLD         | 2026-06-01   | third_party  |                 |                   | CARD1       |                |
            NO_CARD        | 2026-06-01   | atm          | T1              |                   |             |                |
            LATER          | 2026-07-01   | atm          | T1              |                   | CARD1       |                |
        """,
    )
    run(engine, DERIVE_ATTEMPT_AGENCY, reporting_date="2026-06-30")
    expect(
        engine,
        "attempt_agency",
        """
        attempt_number | agency_code           | agency_level | organisation_code | handling_organisation_code | customer_number | other_bank_code
        ---------------+-----------------------+--------------+-------------------+----------------------------+----------------+----------------
        SAME           | own_at_own            | same_outlet  | B10               | B10                        | C1              |
        OTHER_OUTLET   | own_at_own            | other_outlet | B10               | B20                        | C1              |
        PHONE          | own_at_own            | same_outlet  | B10               | B10                        | C1              |
        THEIRS_HERE    | acquiring_for_others  | other_bank   | B20               | B20                        |                 | 313001
        UNION_HERE     | acquiring_for_others  | union        | B20               | B20                        |                 | 402777
        ELSEWHERE      | issued_used_elsewhere | other_bank   | B10               | none                       | C1              | 313001
        IN_UNION       | issued_used_elsewhere | union        | none              | none                       |                 | 402777
        NEITHER        | none                  | none         | none              | none                       |                 |
        UNTOLD         | none                  | none         | B10               | none                       | C1              |
        NO_CARD        | none                  | none         | B20               | B20                        |                 |
        """,
    )


def test_banks_of_the_same_province_stand_apart_from_rural_banks_elsewhere(engine: Engine) -> None:
    """The union's prefixes count from their day on; one bank under two of them counts once; all other rural banks are another province's."""
    load_tables(
        engine,
        **OURS,
        parameter="""
            parameter_code                    | valid_from | valid_until | text_value
            ----------------------------------+------------+-------------+-----------
            union_bank_code_prefix            | 1900-01-01 | 2026-06-01  | 402
            union_bank_code_prefix            | 2026-06-01 |             | 40239
            union_bank_code_prefix.city       | 1900-01-01 |             | 3143910
            rural_bank_code_prefix            | 1900-01-01 |             | 402
            rural_bank_code_prefix.commercial | 1900-01-01 |             | 314
        """,
        channel_attempt="""
            attempt_number | attempted_on | channel_code | card_number | acquirer_bank_code
            ---------------+--------------+--------------+-------------+-------------------
            SAME_PROVINCE  | 2026-06-02   | pos          | CARD1       | 402391000017
            ITS_CITY       | 2026-06-02   | pos          | CARD1       | 314391000025
            ELSEWHERE      | 2026-06-02   | pos          | CARD1       | 402581000033
            COMMERCIAL     | 2026-06-02   | pos          | CARD1       | 314581000041
            BEFORE         | 2026-05-31   | pos          | CARD1       | 402581000033
            JOINT_STOCK    | 2026-06-02   | pos          | CARD1       | 308391000058
        """,
    )
    run(engine, DERIVE_ATTEMPT_AGENCY, reporting_date="2026-06-30")
    expect(
        engine,
        "attempt_agency",
        """
        attempt_number | agency_level
        ---------------+-------------
        SAME_PROVINCE  | union
        ITS_CITY       | union
        ELSEWHERE      | rural
        COMMERCIAL     | rural
        BEFORE         | union
        JOINT_STOCK    | other_bank
        """,
    )


def test_a_success_is_held_against_the_posting_it_names(engine: Engine) -> None:
    """A posting that exists, one that does not, one named by a failure, and both legs of a transfer."""
    load_tables(
        engine,
        **OURS,
        account_transaction="""
            transaction_number | account_number | posted_on
            -------------------+----------------+-----------
            P1                 | A1             | 2026-06-01
            P2                 | A1             | 2026-06-01
            P2                 | A2             | 2026-06-01
        """,
        channel_attempt="""
            attempt_number | attempted_on | channel_code | card_number | is_successful | transaction_number
            ---------------+--------------+--------------+-------------+---------------+-------------------
            S1             | 2026-06-01   | mobile_bank  | A1          | yes           | P1
            S2             | 2026-06-01   | mobile_bank  | A1          | yes           | P2
            S3             | 2026-06-01   | mobile_bank  | A1          | yes           | P9
            F1             | 2026-06-01   | mobile_bank  | A1          | no            | P1
        """,
    )
    run(engine, DERIVE_ATTEMPT_AGENCY, reporting_date="2026-06-30")
    expect(
        engine,
        "attempt_agency",
        """
        attempt_number | has_posting | posting_count
        ---------------+-------------+--------------
        S1             | yes         | 1
        S2             | yes         | 2
        S3             | no          | 0
        F1             | no          | 0
        """,
    )
