"""All bounds for given sizes, as one record."""

from dataclasses import asdict, dataclass

from theory.cover_bound import checked_sizes, cover, two_to_n
from theory.joint_bound import joint
from theory.paper_bounds import eq13_assumption, eq13_closed, eq14_assumption, eq14_closed, eq14_product


@dataclass(frozen=True)
class Bounds:
    """All bounds for n rows of rank r and one width; closed formulas are rounded down exactly.

    A count exceeds a bound iff it exceeds the floor. Fields of the second layer are None without a width.
    """

    rows: int
    rank: int
    width: int | None
    cover: int
    eq13: int
    eq13_assumption: bool
    eq14_product: int | None = None
    eq14_closed: int | None = None
    eq14_assumption: bool | None = None
    joint: int | None = None
    two_to_n: int | None = None

    def as_dict(self) -> dict[str, int | bool]:
        """The fields that apply, by name.

        Example:
            >>> all_bounds(5, 3).as_dict()
            {'rows': 5, 'rank': 3, 'cover': 22, 'eq13': 285, 'eq13_assumption': True}
        """
        return {name: value for name, value in asdict(self).items() if value is not None}


def all_bounds(n: int, r: int, m: int | None = None) -> Bounds:
    """Evaluate all bounds for n rows of rank r and, if given, width m.

    Args:
        n: rows of the data.
        r: their rank.
        m: width of one sub-network, or None for the first layer alone.

    Raises:
        InputError: the sizes are impossible.

    Example:
        >>> b = all_bounds(5, 2, 2)
        >>> b.eq14_product, b.eq14_closed, b.joint, b.two_to_n
        (12000, 24420007, 1460, 32)
    """
    n, r, _ = checked_sizes(n, r)
    first = cover(n, r), eq13_closed(n, r).floor(), eq13_assumption(n)
    if m is None:
        return Bounds(n, r, m, *first)
    n, r, m = checked_sizes(n, r, m)
    closed, assumption = eq14_closed(n, r, m).floor(), eq14_assumption(n, r, m)
    return Bounds(n, r, m, *first, eq14_product(n, r, m), closed, assumption, joint(n, r, m), two_to_n(n))
