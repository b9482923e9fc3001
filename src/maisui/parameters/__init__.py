"""Dated parameters as the engine sees them; a constant that a bank may dispute never lives in code."""

from maisui.parameters.parameter_set import Parameter, ParameterSet, load_parameters

__all__ = ["Parameter", "ParameterSet", "load_parameters"]
