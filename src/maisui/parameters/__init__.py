"""Dated parameters and product levels as the engine sees them; a constant that a bank may dispute never lives in code."""

from maisui.parameters.approved_lines import ApprovedLine, approved_file, write_approved
from maisui.parameters.families import FAMILIES, Family, Member, ValueKind, member_of
from maisui.parameters.of_home import parameters_of, stated_lines_of
from maisui.parameters.parameter_set import (
    OWN_LINE,
    OWN_LINE_NAME,
    OWN_LINE_OFF,
    LineFault,
    Origin,
    Parameter,
    ParameterSet,
    StatedLine,
    column_of,
    fault_of,
    load_parameters,
    product_lines,
)
from maisui.parameters.product_levels import ProductLevels, load_product_levels

__all__ = [
    "FAMILIES",
    "OWN_LINE",
    "OWN_LINE_NAME",
    "OWN_LINE_OFF",
    "ApprovedLine",
    "Family",
    "LineFault",
    "Member",
    "Origin",
    "Parameter",
    "ParameterSet",
    "ProductLevels",
    "StatedLine",
    "ValueKind",
    "approved_file",
    "column_of",
    "fault_of",
    "load_parameters",
    "load_product_levels",
    "member_of",
    "parameters_of",
    "product_lines",
    "stated_lines_of",
    "write_approved",
]
