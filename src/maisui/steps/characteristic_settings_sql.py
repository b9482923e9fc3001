"""The thresholds by which characteristics of customers are recognised, read once for the steps that follow."""

_SETTINGS = (
    "window_months",
    "own_account_months",
    "own_account_transfers",
    "regular_months",
    "pension_age",
    "subsidy_payer_customers",
    "takings_count",
    "takings_months",
    "rent_months",
    "rent_spread_share",
    "school_payments",
    "habit_count",
    "cash_share",
    "night_share",
    "migrant_months",
    "migrant_inflow_share",
    "harvest_inflow_share",
)
_SETTING_COLUMNS = ",\n    ".join(
    f"max(CASE WHEN parameter_code = 'characteristic.{name}' THEN number_value END) AS {name}" for name in _SETTINGS
)
SETTINGS_QUERY = f"""
  SELECT
    {_SETTING_COLUMNS},
    max(CASE WHEN parameter_code = 'migrant_occupation_word' THEN text_value END) AS migrant_word
  FROM parameter
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
"""
"""The thresholds of every rule as of the reporting date, in one row."""
