"""SQL that brings certificate numbers into one form and tells whether their check digits hold (GB 11643, GB 32100)."""

from __future__ import annotations

RESIDENT_TYPES = "'居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证'"
CREDIT_CODE_TYPES = "'统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书'"
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def narrowed(column: str) -> str:
    """Return SQL for a number without blanks and hyphens, in narrow upper-case letters."""
    wide = "０１２３４５６７８９ＸｘＡ"
    plain = f"translate({column}, '{wide}', '0123456789XXA')"
    return f"coalesce(upper(replace(replace(replace(trim({plain}), ' ', ''), '　', ''), '-', '')), '')"


def certificate_group(column: str) -> str:
    """Return SQL that gives the kinds of one certificate one word."""
    return (
        f"CASE WHEN {column} IN ({RESIDENT_TYPES}) THEN 'resident'"
        f" WHEN {column} IN ({CREDIT_CODE_TYPES}) THEN 'credit_code' ELSE {column} END"
    )


def _weighted(number: str, letters: str, weights: tuple[int, ...]) -> str:
    return " + ".join(f"{weight} * (strpos('{letters}', substr({number}, {at}, 1)) - 1)" for at, weight in enumerate(weights, start=1))


def resident_check_letter(number: str) -> str:
    """Return SQL for the check letter that belongs to the first 17 digits of `number`."""
    return f"substr('10X98765432', 1 + ({_weighted(number, '0123456789', _RESIDENT_WEIGHTS)}) % 11, 1)"


def _is_birthday(number: str) -> str:
    return f"substr({number}, 11, 2) BETWEEN '01' AND '12' AND substr({number}, 13, 2) BETWEEN '01' AND '31'"


def resident_number_holds(number: str) -> str:
    """Return SQL that tells whether a narrowed `number` is a right 18-character resident number."""
    return (
        f"(regexp_matches({number}, '^[1-9][0-9]{{16}}[0-9X]$') AND substr({number}, 7, 2) IN ('19', '20')"
        f" AND {_is_birthday(number)} AND {resident_check_letter(number)} = substr({number}, 18, 1))"
    )


def credit_code_holds(number: str) -> str:
    """Return SQL that tells whether a narrowed `number` is a right unified social credit code."""
    total = _weighted(number, _CREDIT_LETTERS, _CREDIT_WEIGHTS)
    return (
        f"(regexp_matches({number}, '^[0-9A-HJ-NPQRTUWXY]{{18}}$')"
        f" AND (31 - ({total}) % 31) % 31 = strpos('{_CREDIT_LETTERS}', substr({number}, 18, 1)) - 1)"
    )


def eighteen_of_fifteen(number: str) -> str:
    """Return SQL for the first 17 digits of the 18-character form of an old 15-digit resident number."""
    return f"concat(substr({number}, 1, 6), '19', substr({number}, 7, 9))"


def is_old_resident_number(number: str) -> str:
    """Return SQL that tells whether a narrowed `number` has the form of a 15-digit resident number."""
    return (
        f"(regexp_matches({number}, '^[1-9][0-9]{{14}}$') AND substr({number}, 9, 2) BETWEEN '01' AND '12'"
        f" AND substr({number}, 11, 2) BETWEEN '01' AND '31')"
    )
