"""An EAN-13 as bars to print."""

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_FIRST = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
_EDGE, _MIDDLE = "101", "01010"


def bars(ean13: str) -> str:
    """The 95 modules of a code of thirteen digits, `1` for a dark one. Source: GS1 General Specifications, 5.2.1."""
    left = (_left(digit, parity) for digit, parity in zip(ean13[1:7], _FIRST[int(ean13[0])], strict=True))
    right = (_inverse(_LEFT[int(digit)]) for digit in ean13[7:])
    return "".join((_EDGE, *left, _MIDDLE, *right, _EDGE))


def runs(modules: str) -> list[tuple[int, int]]:
    """The dark bars as (place of the first module, how many modules)."""
    found: list[tuple[int, int]] = []
    for place, module in enumerate(modules):
        if module == "0":
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def _inverse(code: str) -> str:
    """The right half has the dark modules of the left one light."""
    return code.translate(str.maketrans("01", "10"))


def _left(digit: str, parity: str) -> str:
    code = _LEFT[int(digit)]
    return code if parity == "L" else _inverse(code)[::-1]
