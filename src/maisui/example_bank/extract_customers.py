"""Tables of customers: persons (201) and organisations (203)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.days import NO_DAY, compact, day_text, month_text
from maisui.example_bank.duplicates import recorded_number, recorded_type
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.population import Segment
from maisui.example_bank.row_template import Columns, RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yes_no, yuan_text

_TRADES = ("农民", "务工", "职员", "个体经营", "退休", "学生")
_EMPLOYER_KINDS = ("", "民营企业", "事业单位", "", "", "")
_SCHOOLING = ("初中", "高中", "大学本科", "高中", "初中", "大学本科")
_CORPORATE_KINDS = ("小微企业", "企业法人", "农民专业合作社", "事业单位")
_SIZES = ("微型企业", "小型企业", "微型企业", "")
_INDUSTRIES = ("F5212", "C1399", "A0190", "P8321")


def _person_columns(bank: Bank, positions: np.ndarray) -> Columns:
    people, units = bank.population, bank.organisations
    segment = people.segment[positions]
    index, homes = pa.array(positions), people.lives_with[positions]
    farmer = segment <= Segment.MIGRANT
    age = 2026 - (people.birth[positions] // 365.25 + 1970)
    employer = people.employer[positions]
    known = np.where(employer >= 0, employer, people.count)
    employers = pa.concat_arrays([people.names, pa.array([""])])
    kind = np.where(segment == Segment.SELF_EMPLOYED, 1, 0)
    return {
        "JRXKZH": bank.county.licence,
        "NBJGH": word_text(units.codes, people.org[positions]),
        "YHJGMC": word_text(units.names, people.org[positions]),
        "KHTYBH": people.numbers.take(index),
        "KHXM": people.names.take(index),
        "ZJLB": recorded_type(people, positions),
        "ZJHM": recorded_number(people, positions),
        "BXYGBZ": word_text(("普通个人客户", "个体工商户"), kind),
        "GJ": "中国",
        "MZ": "汉族",
        "XB": word_text(("女", "男"), people.male[positions]),
        "XL": word_text(_SCHOOLING, segment),
        "CSNY": month_text(people.birth[positions]),
        "SFYH": yes_no((age > 27) & (people.trait[positions] < 0.9)),
        "GZDWMC": employers.take(pa.array(known)),
        "GZDWDZ": "",
        "GZDWDH": "",
        "DWXZ": word_text(_EMPLOYER_KINDS, segment),
        "ZY": word_text(_TRADES, segment),
        "ZW": "",
        "GRNSR": yuan_text(people.income[positions] * 12 // 100_000 * 100_000),
        "TXDZ": glued(bank.county.full_name, word_text(units.short_names, people.area[homes]), "辖区",
                      number_text(homes % 97 + 1), "号"),
        "LXDH": people.phones.take(index),
        "SFNH": yes_no(farmer),
        "BHYGBZ": "否",
        "SHMDBZ": "否",
        "SHMDRQ": "99991231",
        "BBZ": NO_REMARK,
    }  # fmt: skip


def _organ_columns(bank: Bank, local: np.ndarray) -> Columns:
    people, units = bank.population, bank.organisations
    positions = local + people.persons
    index = pa.array(positions)
    kind = people.segment[positions] - Segment.MICRO
    capital = yuan_text(np.maximum(people.wealth[positions] // 2_000_000 * 1_000_000, 1_000_000))
    owner = (positions * 7) % people.persons
    treasurer = (positions * 13 + 5) % people.persons
    return {
        "JRXKZH": bank.county.licence,
        "NBJGH": word_text(units.codes, people.org[positions]),
        "YHJGMC": word_text(units.names, people.org[positions]),
        "KHTYBH": people.numbers.take(index),
        "KHMC": people.names.take(index),
        "KHLX": word_text(_CORPORATE_KINDS, kind),
        "ZJLB": "统一社会信用代码",
        "ZJHM": people.certificates.take(index),
        "FRDB": people.names.take(pa.array(owner)),
        "FRDBZJLB": "居民身份证",
        "FRDBZJHM": people.certificates.take(pa.array(owner)),
        "CWFZR": people.names.take(pa.array(treasurer)),
        "CWFZRZJLB": "居民身份证",
        "CWFZRZJHM": people.certificates.take(pa.array(treasurer)),
        "JBCKZH": bank.county.account_numbers(bank.demand_of[positions], np.ones(len(positions), bool)),
        "JBCKZHKHHH": units.bank_codes[0],
        "JBCKZHKHHMC": bank.county.bank_name,
        "ZCZB": capital,
        "ZCZBBZ": "CNY",
        "SSZB": capital,
        "SSZBBZ": "CNY",
        "ZCDZ": glued(bank.county.full_name, number_text(positions % 61 + 1), "号"),
        "LXDH": people.phones.take(index),
        "JYFW": "",
        "CLRQ": day_text(people.joined[positions] - 30 - positions % 1_500),
        "SSHY": word_text(_INDUSTRIES, kind),
        "QYFL": word_text(_SIZES, kind),
        "SSGSBZ": "否",
        "XYPJ": "",
        "YGRS": number_text(people.wealth[positions] // 30_000_000 + 3),
        "XZQHDM": bank.county.region,
        "FXYJXH": "",
        "GZSJDM": "",
        "BBZ": NO_REMARK,
    }


class CustomerExtract:
    """Lines of 201 and 203 for the customers who have joined by a day."""

    def __init__(self, bank: Bank) -> None:
        """Prepare both tables for one bank."""
        self._bank = bank
        self._persons = RowTemplate("GRJCXXB", lambda positions: _person_columns(bank, positions))
        self._organs = RowTemplate("DGKHXXB", lambda positions: _organ_columns(bank, positions))

    def lines(self, day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables and the batches of their lines as of the evening of `day`."""
        persons, organs = self._bank.population.joined_by(day)
        self._persons.learn(persons, self._bank.edition)
        self._organs.learn(organs, self._bank.edition)
        yield self._persons.table, (self._persons.lines(part, self._credit(part, day)) for part in slices(np.arange(persons)))
        first = self._bank.population.persons
        parts = slices(np.arange(organs))
        yield self._organs.table, (self._organs.lines(part, self._credit(part + first, day)) for part in parts)

    def _credit(self, customers: np.ndarray, day: int) -> Columns:
        since = self._bank.population.first_credit[customers]
        return {"XDKHBZ": yes_no(since != NO_DAY), "SCJLXDGXNY": month_text(since), "CJRQ": compact(day)}
