"""Texts that are no numbers, and the usual causes, each in a few words.

A number is written like -3, 0.1, .5, 1/3 or 2e-3, in ASCII. A word is a text that does not even try to be a number:
`1st`, `infra` and `2020-01-05` are words; `1,5`, `2 3`, `inf` and `NA` are not.
"""

import re

LONGEST = 4000  # characters of one number
_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)", re.ASCII)
_EXPONENT = re.compile(r"[eE][+-]?0*(\d+)$", re.ASCII)
_ATTEMPT = re.compile(r"[-+\d.,/eE_' ]+", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,'\u2019_ \u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d+)?", re.ASCII)
_MISSING = {"", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "nil", "?", "-", "--", ".", "missing", "<na>"}
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\u2012\u2010\u2011\ufe63\uff0d", "-"))
_NO_NUMBER = "write it like -3, 0.1, 1/3 or 2e-3"
_SEVERAL_NUMBERS = "it is several numbers in one cell; write the same delimiter in all lines"
_BETWEEN = re.compile(r"\s*[;|]\s*|\s*,\s+|\s+")
_BOOLEAN = "write 1 for true and 0 for false"


def is_number(text: str) -> bool:
    """Whether a text is a number that can be read exactly.

    Example:
        >>> [is_number(text) for text in ("0.1", "-1/3", "1/0", "1,5", "nan")]
        [True, True, False, False, False]
    """
    return fault(text) is None


def is_missing(text: str) -> bool:
    """Whether a text stands for a value that is not there: empty, NA, ?, nan, null and the like.

    Example:
        >>> is_missing("NA"), is_missing("0")
        (True, False)
    """
    return text.strip().translate(_MINUS).lower() in _MISSING


def is_word(text: str) -> bool:
    """Whether a text is neither a number, nor meant as one, nor a sign for a missing value.

    Example:
        >>> [is_word(text) for text in ("1st", "infra", "nan-type", "True", "1,5", "inf", "?", "7", "2 3")]
        [True, True, True, True, False, False, False, False, False]
    """
    return fault(text) in (_NO_NUMBER, _BOOLEAN)


def fault(text: str) -> str | None:
    """Why a text is no number and what to do, in a few words; None if it is one.

    Example:
        >>> fault("1,5")
        'it has a decimal comma; write 1.5'
        >>> fault("?")
        'the value is missing; fill it in or leave the row out'
        >>> fault("2e-3") is None
        True
    """
    text = text.strip()
    if len(text) > LONGEST and _ATTEMPT.fullmatch(text):
        return f"it has {len(text):,} characters, and the limit is {LONGEST:,}"
    if _NUMBER.fullmatch(text):
        if re.search(r"/0+$", text):
            return "its denominator is 0"
        exponent = _EXPONENT.search(text)
        return "its exponent has more than 4 digits, the limit" if exponent and len(exponent[1]) > 4 else None
    if is_missing(text):
        return "the value is missing; fill it in or leave the row out"
    if _INFINITE.fullmatch(text):
        return "it is infinite"
    if (plain := text.translate(_MINUS)) != text:
        return fault(plain) or "its minus sign is not ASCII; write -"
    if text.lower() in ("true", "false"):
        return _BOOLEAN
    if re.fullmatch(r"[+-]?0x[0-9a-f]+", text, re.IGNORECASE | re.ASCII):
        return "it is hexadecimal; write it in decimal digits"
    return _separated(text) or (_SEVERAL_NUMBERS if _holds_several(text) else _NO_NUMBER)


def _holds_several(text: str) -> bool:
    """Whether a text is several numbers, as where another mark than that of line 1 stands between cells."""
    parts = _BETWEEN.split(text)
    return len(parts) > 1 and all(map(_NUMBER.fullmatch, parts))


def _separated(text: str) -> str | None:
    """The cause, if a number is written with commas, thousands separators or a percent sign."""
    if re.fullmatch(r"[+-]?\d{1,3},\d{3}", text, re.ASCII):
        return f"it has a comma; write {text.replace(',', '.')}, or {text.replace(',', '')} if it marks thousands"
    if _THOUSANDS.fullmatch(text):
        return f"it has thousands separators; write {re.sub('[^0-9.+-]', '', text)}"
    if re.fullmatch(r"[+-]?(\d+|\d{1,3}(\.\d{3})+)?,\d+([eE][+-]?\d+)?", text, re.ASCII):
        return f"it has a decimal comma; write {text.replace('.', '').replace(',', '.')}"
    if re.fullmatch(r"[+-]?[\d.,]+ ?%", text, re.ASCII):
        return "it is a percentage; write it as a decimal or a fraction"
    return None
