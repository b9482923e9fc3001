"""Which parameters a home has: the product's lines, those of bank.toml, and those approved at the desk."""

from __future__ import annotations

from maisui.parameters.approved_lines import read_approved
from maisui.parameters.parameter_set import ParameterSet, StatedLine, load_parameters, stated_lines
from maisui.warehouse.home import Home


def parameters_of(home: Home) -> ParameterSet:
    """Return the parameters with which the next batch of `home` reckons.

    Raises:
        HomeError: listing every line that is not understood.
    """
    return load_parameters(home.parameter_lines, home.own_products, read_approved(home.approved_parameters))


def stated_lines_of(home: Home) -> tuple[StatedLine, ...]:
    """Return every line that the product, bank.toml and the desk state, replaced ones included, in the order in which later ones stand.

    Raises:
        HomeError: listing every line that is not understood.
    """
    return stated_lines(home.parameter_lines, read_approved(home.approved_parameters))
