"""Dated parameters and product levels as the engine sees them; a constant that a bank may dispute never lives in code."""

from maisui.parameters.parameter_set import Parameter, ParameterSet, load_parameters
from maisui.parameters.product_levels import ProductLevels, load_product_levels

__all__ = ["Parameter", "ParameterSet", "ProductLevels", "load_parameters", "load_product_levels"]
