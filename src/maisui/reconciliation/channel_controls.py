"""Which successes of the channel log must stand in the books."""

from maisui.reconciliation.control import Rule

ATTEMPTS_ARE_POSTED = Rule(
    code="attempts_are_posted",
    name_zh="渠道流水：本行卡动账成功的均有对应入账",
    name_en="Successful movements of our cards in the channel log are posted",
    violations="""
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, channel_code, transaction_type, agency_code,
  CAST(sum(unposted_count) AS DECIMAL(38,2)) AS difference_amount
FROM channel_attempt_day
WHERE unposted_count > 0
GROUP BY business_date, organisation_code, channel_code, transaction_type, agency_code
""",
    checked="SELECT CAST(coalesce(sum(success_count), 0) AS BIGINT) FROM channel_attempt_day WHERE is_financial",
    severity="warn",
)
