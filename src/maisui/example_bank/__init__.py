"""The example bank: a simulated rural bank that delivers files as a real one would."""

from pathlib import Path

from maisui.example_bank.example_deliveries import SimulationReport, simulate

OWN_LINES = Path(__file__).with_name("own_lines.toml")
"""Parameters of the example bank's own ledger lines, to be added to its bank.toml."""

__all__ = ["OWN_LINES", "SimulationReport", "simulate"]
