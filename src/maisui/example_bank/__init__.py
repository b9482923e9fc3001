"""The example bank: a simulated rural bank that delivers files as a real one would."""

from maisui.example_bank.example_deliveries import SimulationReport, simulate

__all__ = ["SimulationReport", "simulate"]
