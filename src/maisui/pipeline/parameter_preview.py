"""What the last month would have been with one more parameter line; the deliveries and all other parameters are as published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from maisui.answers.parameter_use import metrics_on, tables_on
from maisui.parameters import Parameter, ParameterSet
from maisui.pipeline.integrate import rows_file
from maisui.pipeline.preview import (
    Otherwise,
    Preview,
    Progress,
    compare,
    published_by_this_code,
    published_deliveries,
    published_parameters,
)
from maisui.warehouse.home import Home


def preview_parameter(home: Home, line: Parameter, *, progress: Progress | None = None) -> Preview:
    """Return what `line` would change in the last whole month of the current version, for the bank and the organisations below its head.

    A line whose day lies after that month is taken to hold from the month's first day; any other holds from its own.

    Raises:
        HomeError: when nothing is published, or the version was made by other code or sources.
        StorageError: when the disk is full or a part is damaged.
    """
    with published_by_this_code(home) as published:
        day = published.day
        is_ahead = line.valid_from > day
        held_from = day.replace(day=1) if is_ahead else line.valid_from
        until = day if is_ahead else held_from
        parameters = with_line(published_parameters(published), replace(line, valid_from=held_from), until=until)
        return compare(
            published,
            Otherwise(parameters, published_deliveries(published), partial(rows_file, home.raw)),
            tables=tables_on(line.code),
            metrics=metrics_on(line.code),
            held_from=held_from,
            progress=progress,
        )


def with_line(parameters: ParameterSet, line: Parameter, *, until: date) -> ParameterSet:
    """Return `parameters` with `line`, which replaces those of its code from its own day to `until`; later lines stand as they do."""
    kept = [one for one in parameters.parameters if one.code != line.code or not line.valid_from <= one.valid_from <= until]
    return replace(parameters, parameters=tuple(sorted([*kept, line], key=lambda one: (one.code, one.valid_from))))
