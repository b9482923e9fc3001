"""The persons of the example bank as customers of a version, without the simulation that follows them, and what is true of them."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from maisui.example_bank.county import MAICHUAN
from maisui.example_bank.duplicates import NAMESAKE
from maisui.example_bank.extract_customers import CustomerExtract
from maisui.example_bank.near_duplicates import near_duplicate_table
from maisui.example_bank.population import Population
from maisui.example_bank.row_template import field_order
from maisui.example_bank.scale import Scale, calendar_of
from maisui.example_bank.simulation import found_bank

_CUSTOMER = """
CREATE TABLE customer AS
SELECT
  KHTYBH AS customer_number, person AS person_customer_number, DATE '2024-10-31' AS first_reported_on, KHXM AS customer_name,
  ZJLB AS certificate_type, nullif(ZJHM, '') AS certificate_number,
  CASE XB WHEN '男' THEN 'male' WHEN '女' THEN 'female' END AS sex,
  CASE WHEN CSNY < '299912' THEN CAST(strptime(concat(CSNY, '01'), '%Y%m%d') AS DATE) END AS born_on,
  LXDH AS phone_number, TXDZ AS address, nullif(GZDWMC, '') AS employer_name, 'personal' AS customer_kind, false AS is_deformed
FROM delivered
"""


class DrawnPersons:
    """Tables of a version with every person who has joined by the last day, merged by equal certificates only."""

    def __init__(self, customers: int, seed: int) -> None:
        """Draw a bank of so many customers."""
        scale = Scale("drawn", customers, 25, 8, 0, 60, 60)
        bank = found_bank(MAICHUAN, scale, calendar_of(scale, 25), seed)
        people = bank.population
        self.planted = near_duplicate_table(people).to_pylist()
        self.connection = duckdb.connect()
        self.connection.register("delivered", self._delivered(bank, people))
        self.connection.execute(_CUSTOMER)
        decisions = (
            "CREATE TABLE customer_merge_decision (customer_number VARCHAR, surviving_number VARCHAR, merge_decision VARCHAR, "
            "decided_on DATE, decision_number BIGINT)"
        )
        for statement in (
            decisions,
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))",
            "CREATE TABLE customer_fact_month AS SELECT DATE '2026-10-31' AS business_date",
        ):
            self.connection.execute(statement)

    @staticmethod
    def _delivered(bank: Any, people: Population) -> pa.Table:
        extract = CustomerExtract(bank)
        _, batches = next(extract.lines(bank.calendar.last_day))
        feed = field_order("GRJCXXB")
        lines = [line.rstrip("\n").split("\x01") for batch in batches for line in batch.to_pylist()]
        table = pa.table({name: pa.array([line[at] for line in lines]) for at, name in enumerate(feed)})
        is_merged = (people.same_as >= 0) & (people.same_kind != NAMESAKE)
        person = np.where(is_merged, people.same_as, np.arange(people.count))[: len(lines)]
        return table.append_column("person", people.numbers.take(pa.array(person)))

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Answer as a reader of a version does."""
        return self.connection.execute(query, list(values)).fetchall()
