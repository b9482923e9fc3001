"""Which facts of customers are filled and right, as last reported; a deformed certificate counts as filled and is not judged."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.steps.certificate_sql import CREDIT_CODE_TYPES, RESIDENT_TYPES
from maisui.steps.phone_sql import PHONE_FORM
from maisui.steps.step import Step
from maisui.tables.customer_completeness import CUSTOMER_COMPLETENESS

_BOTH, _PERSONAL, _CORPORATE = "'personal', 'corporate'", "'personal'", "'corporate'"


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact: of which kinds of customers it is asked, when it is filled, can be judged and is right."""

    code: str
    kinds: str
    is_filled: str
    is_checked: str = "false"
    is_valid: str = "false"


_FACTS = (
    _Fact("name", _BOTH, "customer_name IS NOT NULL"),
    _Fact("certificate", _BOTH, "has_certificate", "has_judged_certificate", "has_right_certificate"),
    _Fact("phone", _BOTH, "phone_number IS NOT NULL", "true", f"regexp_matches(phone_number, '{PHONE_FORM}')"),
    _Fact("born_on", _PERSONAL, "born_on IS NOT NULL", "true", "born_on >= DATE '1900-01-01' AND born_on <= $reporting_date"),
    _Fact("sex", _PERSONAL, "sex IS NOT NULL"),
    _Fact("farmer", _PERSONAL, "is_farmer IS NOT NULL"),
    _Fact("home", _BOTH, "reported_home_code IS NOT NULL", "true", "is_known_home"),
    _Fact("customer_type", _BOTH, "customer_type IS NOT NULL"),
    _Fact("address", _BOTH, "address IS NOT NULL"),
    _Fact("education", _PERSONAL, "education IS NOT NULL"),
    _Fact("occupation", _PERSONAL, "occupation IS NOT NULL"),
    _Fact("employer", _PERSONAL, "employer_name IS NOT NULL"),
    _Fact("income", _PERSONAL, "annual_income_amount IS NOT NULL", "true", "annual_income_amount >= 0"),
    _Fact("married", _PERSONAL, "is_married IS NOT NULL"),
    _Fact("blacklist", _PERSONAL, "is_blacklisted IS NOT NULL", "true", "NOT is_blacklisted OR blacklisted_on IS NOT NULL"),
    _Fact("size_class", _CORPORATE, "size_class IS NOT NULL"),
    _Fact("credit_rating", _CORPORATE, "credit_rating IS NOT NULL"),
    _Fact("capital", _CORPORATE, "registered_capital_amount IS NOT NULL", "true", "registered_capital_amount > 0"),
    _Fact("staff", _CORPORATE, "staff_count IS NOT NULL", "true", "staff_count >= 0"),
    _Fact("industry", _CORPORATE, "industry_code IS NOT NULL"),
    _Fact("region", _CORPORATE, "region_code IS NOT NULL", "true", "regexp_matches(region_code, '^[1-9][0-9]{5}$')"),
)


def _counted(fact: _Fact) -> str:
    checked = f"({fact.is_filled}) AND ({fact.is_checked})"
    return f"""
SELECT
  organisation_code, customer_kind, '{fact.code}' AS fact_code, count(*) AS customer_count,
  count(CASE WHEN {fact.is_filled} THEN 1 END) AS filled_count,
  count(CASE WHEN {checked} THEN 1 END) AS checked_count,
  count(CASE WHEN {checked} AND ({fact.is_valid}) THEN 1 END) AS valid_count
FROM described
WHERE customer_kind IN ({fact.kinds})
GROUP BY organisation_code, customer_kind
"""


CUSTOMER_COMPLETENESS_MART = Step(
    name="fill_customer_completeness",
    writes=CUSTOMER_COMPLETENESS,
    reads=("customer", "customer_snapshot", "customer_identity_snapshot", "customer_certificate", "identity_file", "organisation"),
    query=f"""
WITH identities AS (
  SELECT DISTINCT customer_number
  FROM customer_identity_snapshot
  WHERE certificate_number IS NOT NULL
),
genuine AS (
  SELECT s.customer_number, s.certificate_type
  FROM customer_snapshot AS s
  INNER JOIN identity_file AS f ON f.source_file_id = s.source_file_id
  WHERE f.is_genuine AND s.certificate_number IS NOT NULL
  UNION ALL
  SELECT i.customer_number, i.certificate_type
  FROM customer_identity_snapshot AS i
  INNER JOIN identity_file AS f ON f.source_file_id = i.source_file_id
  WHERE f.is_genuine
),
judged AS (
  SELECT DISTINCT customer_number
  FROM genuine
  WHERE certificate_type IN ({RESIDENT_TYPES}, {CREDIT_CODE_TYPES})
),
holding AS (
  SELECT DISTINCT customer_number
  FROM customer_certificate
  WHERE certificate_group IN ('resident', 'credit_code')
),
described AS (
  SELECT
    c.home_organisation_code AS organisation_code, c.customer_kind, c.customer_name, c.customer_type, c.born_on, c.sex, c.is_farmer,
    c.phone_number, c.address, c.education, c.occupation, c.employer_name, c.annual_income_amount, c.is_married, c.is_blacklisted,
    c.blacklisted_on, c.size_class, c.credit_rating, c.registered_capital_amount, c.staff_count, c.industry_code, c.region_code,
    s.organisation_code AS reported_home_code,
    c.certificate_number IS NOT NULL OR i.customer_number IS NOT NULL AS has_certificate,
    j.customer_number IS NOT NULL AS has_judged_certificate,
    h.customer_number IS NOT NULL AS has_right_certificate,
    o.organisation_code IS NOT NULL AS is_known_home
  FROM customer AS c
  INNER JOIN customer_snapshot AS s ON s.customer_number = c.customer_number AND s.reported_on = c.last_reported_on
  LEFT JOIN identities AS i ON i.customer_number = c.customer_number
  LEFT JOIN judged AS j ON j.customer_number = c.customer_number
  LEFT JOIN holding AS h ON h.customer_number = c.customer_number
  LEFT JOIN organisation AS o ON o.organisation_code = s.organisation_code
),
counted AS (
{" UNION ALL ".join(_counted(fact) for fact in _FACTS)}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  fact_code,
  customer_count,
  filled_count,
  checked_count,
  valid_count
FROM counted
""",
    covers="""
SELECT DISTINCT home_organisation_code AS organisation_code, customer_kind
FROM customer
WHERE last_reported_on IS NOT NULL AND customer_kind IN ('personal', 'corporate')
""",
)
