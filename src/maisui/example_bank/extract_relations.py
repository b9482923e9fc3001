"""Tables of relations at the ends of months: shareholders (106), kin (202), statements (204), groups (205), ties (206)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.county import CITY
from maisui.example_bank.days import NO_DAY, as_date, compact, day_number
from maisui.example_bank.loan_book import OPEN
from maisui.example_bank.population import Segment
from maisui.example_bank.row_template import RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_KIN = ("配偶", "父母", "子女", "兄弟姐妹")
_GROUP_SIZE = 3


class RelationExtract:
    """Lines of 106, 202, 204, 205 and 206."""

    def __init__(self, bank: Bank) -> None:
        """Choose shareholders, groups and kin, which stay the same."""
        self._bank = bank
        people = bank.population
        self._tables = {name: RowTemplate(name, lambda _: {}) for name in ("GDJGLFXXB", "GRKHGXB", "DGKHCWXXB", "JTKHB", "GLGXB")}
        old = people.joined < bank.calendar.first_day
        firms = np.flatnonzero((people.segment == Segment.FIRM) & old)
        persons = np.flatnonzero(old[: people.persons])
        rng = bank.draws("relations", 0)
        rich = persons[np.argsort(-people.wealth[persons], kind="stable")]
        self._owners = np.r_[firms[:3], rich[:5]]
        grouped = rng.permutation(firms)[: max(_GROUP_SIZE, len(firms) // 3)]
        self._members = grouped[: len(grouped) // _GROUP_SIZE * _GROUP_SIZE].reshape(-1, _GROUP_SIZE)
        first = persons[:-1][rng.random(max(len(persons) - 1, 0)) < 0.35]
        self._kin = np.column_stack([first, np.minimum(first + 1 + first % 3, persons[-1])])
        self._kin = self._kin[self._kin[:, 0] != self._kin[:, 1]]

    def lines(self, day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables and the batches of their lines as of the evening of `day`."""
        for name, build in (
            ("GDJGLFXXB", self._shareholders),
            ("GRKHGXB", self._kinships),
            ("DGKHCWXXB", self._statements),
            ("JTKHB", self._groups),
            ("GLGXB", self._ties),
        ):
            yield name, iter([build(day)])

    def _party(self, who: np.ndarray, number: str, name: str, kind: str, certificate: str) -> dict[str, ArrowText | str]:
        people = self._bank.population
        index = pa.array(who)
        return {
            number: people.numbers.take(index),
            name: people.names.take(index),
            kind: word_text(("居民身份证", "统一社会信用代码"), (who >= people.persons).astype(np.int32)),
            certificate: people.certificates.take(index),
        }

    def _place(self, who: np.ndarray, day: int) -> dict[str, ArrowText | str]:
        bank = self._bank
        codes = word_text(bank.organisations.codes, bank.population.org[who])
        return {"JRXKZH": self._bank.county.licence, "NBJGH": codes, "BBZ": NO_REMARK, "CJRQ": compact(day)}

    def _bank_name(self, who: np.ndarray) -> dict[str, ArrowText | str]:
        return {"YHJGMC": word_text(self._bank.organisations.names, self._bank.population.org[who])}

    def _shareholders(self, day: int) -> ArrowText:
        who = self._owners
        people = self._bank.population
        corporate = (who >= people.persons).astype(np.int32)
        held = 9_000_000 // (np.arange(len(who)) + 3) // 100 * 100
        return self._tables["GDJGLFXXB"].lines(
            who,
            {
                **self._place(who, day),
                **self._bank_name(who),
                **self._party(who, "KHTYBH", "GDHGLFMC", "GDHGLFZJLB", "GDHGLFZJHM"),
                "GDHGLFLX": word_text(("自然人股东", "企业法人股东"), corporate),
                "SSHY": word_text(("", "C1399"), corporate),
                "ZCD": CITY,
                "GXLX": "股东",
                "SJKZR": "",
                "CGSYYHSL": "1",
                "KGSL": "0",
                "BLXX": "无",
                "SFXQ": "否",
                "RGZJLY": "自有资金",
                "RGZJZH": "",
                "CGSL": number_text(held),
                "CGBL": percent_text(held // 300),
                "RGRQ": "20151130",
                "ZYBL": "0.0000",
                "SFZPDJS": "否",
                "GDHGLFZT": "有效",
                "ZJYCBDRQ": "99991231",
            },
        )

    def _kinships(self, day: int) -> ArrowText:
        """Kin of those who ever borrowed, in a third of the cases reported from both sides."""
        borrowed = self._bank.population.first_credit != NO_DAY
        pairs = self._kin[borrowed[self._kin].any(axis=1)]
        twice = pairs[pairs[:, 0] % 3 == 0][:, ::-1]
        pairs = np.concatenate([pairs, twice])
        return self._tables["GRKHGXB"].lines(
            pairs[:, 0],
            {
                **self._place(pairs[:, 0], day),
                **self._party(pairs[:, 0], "KHTYBH", "KHXM", "ZJLB", "ZJHM"),
                **self._party(pairs[:, 1], "GXRKHTYBH", "GXRMC", "GXRZJLB", "GXRZJHM"),
                "GXLX": word_text(_KIN, pairs.min(axis=1) % len(_KIN)),
                "GXZT": "有效",
            },
        )

    def _statements(self, day: int) -> ArrowText:
        """The statement of last year of every firm and cooperative that borrows."""
        people = self._bank.population
        organs = np.isin(people.segment, (Segment.FIRM, Segment.COOPERATIVE)) & (people.first_credit != NO_DAY)
        who = np.flatnonzero(organs)
        year = as_date(day).year - 1
        assets = people.wealth[who] * 14 + 50_000_000
        profit = assets * (who % 9 - 1) // 100
        tax = np.maximum(profit // 4, 0)
        return self._tables["DGKHCWXXB"].lines(
            who,
            {
                **self._place(who, day),
                **self._bank_name(who),
                "CWBBBH": glued("CW", people.numbers.take(pa.array(who)), str(year)),
                "KHTYBH": people.numbers.take(pa.array(who)),
                "KHMC": people.names.take(pa.array(who)),
                "CWBBRQ": compact(day_number(year, 12, 31)),
                "SFSJ": word_text(("否", "是"), who % 2),
                "SJJG": word_text(("", "云川会计师事务所"), who % 2),
                "BBKJ": "本部",
                "BZ": "CNY",
                "ZCZE": yuan_text(assets),
                "FZZE": yuan_text(assets * (40 + who % 30) // 100),
                "SQLR": yuan_text(profit),
                "SDS": yuan_text(tax),
                "JLR": yuan_text(profit - tax),
                "ZYYWSR": yuan_text(people.income[who] * 12),
                "XJLLJE": yuan_text(profit // 2),
                "YSZK": yuan_text(assets // 8),
                "QTYSK": yuan_text(assets // 40),
                "BBZQ": "年报",
            },
        )

    def _owed(self) -> np.ndarray:
        book = self._bank.loans
        owed = np.zeros(self._bank.population.count, np.int64)
        loans = np.flatnonzero(book.status[: book.count] == OPEN)
        np.add.at(owed, book.customer[loans], book.balance[loans])
        return owed

    def _groups(self, day: int) -> ArrowText:
        people, members = self._bank.population, self._members
        owed = self._owed()
        group = np.repeat(np.arange(len(members)), _GROUP_SIZE)
        who, parent = members.reshape(-1), np.repeat(members[:, 0], _GROUP_SIZE)
        used = np.repeat(owed[members].sum(axis=1), _GROUP_SIZE)
        owner = (parent * 7) % people.persons
        assets = np.repeat(people.wealth[members].sum(axis=1) * 15, _GROUP_SIZE)
        return self._tables["JTKHB"].lines(
            who,
            {
                **self._place(who, day),
                **self._bank_name(who),
                "JTBH": glued("JT", number_text(group + 1, 6)),
                "JTMC": glued(people.names.take(pa.array(parent)), "集团"),
                "MGSKHTYBH": people.numbers.take(pa.array(parent)),
                "MGSMC": people.names.take(pa.array(parent)),
                "SKRMC": people.names.take(pa.array(owner)),
                "SKRLX": "自然人",
                "BZ": "CNY",
                "JTZCZE": yuan_text(assets),
                "JTFZZE": yuan_text(assets // 2),
                "JTSXED": yuan_text(used * 3 // 2),
                "JTYYED": yuan_text(used),
                "CYKHTYBH": people.numbers.take(pa.array(who)),
                "CYMC": people.names.take(pa.array(who)),
                "CYYYED": yuan_text(owed[who]),
            },
        )

    def _ties(self, day: int) -> ArrowText:
        """Legal representatives of borrowing firms, and the members of groups with their parents."""
        people = self._bank.population
        organs = np.arange(people.persons, people.count)
        organs = organs[people.first_credit[organs] != NO_DAY]
        children = self._members[:, 1:].reshape(-1)
        parents = np.repeat(self._members[:, 0], _GROUP_SIZE - 1)
        subject = np.r_[organs, children]
        other = np.r_[(organs * 7) % people.persons, parents]
        kind = np.r_[np.zeros(len(organs), np.int64), np.ones(len(children), np.int64)]
        return self._tables["GLGXB"].lines(
            subject,
            {
                **self._place(subject, day),
                **self._party(subject, "KHTYBH", "KHMC", "KHZJLB", "KHZJHM"),
                **self._party(other, "GLRKHTYBH", "GLRMC", "GLRZJLB", "GLRZJHM"),
                "GXLX": word_text(("法定代表人", "集团成员"), kind),
                "GLRLB": word_text(("自然人", "企业"), kind),
                "GXZT": "有效",
            },
        )
