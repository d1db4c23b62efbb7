"""The arithmetic of the ray engine's compiled kernel: the sign of a row on a ray, proven.

r  dimension; a_k  row k; p, n, q  rays
u  2^-53, half the spacing of floats at 1

*Exact arithmetic.* Rows and rays are integers in floats. The caller proves that no intermediate result reaches 2^53, so
nothing is ever rounded. Rays are divided by the gcd of their entries.

*Filtered arithmetic.* A ray is an unevaluated sum of two floats in each entry, x = high + low with |low| <= u |high|,
1/2 <= max |high| <= 1, max |x| <= 1, and a number e: a positive multiple y of the true ray has max |x - y| <= e. Rows
are such sums as well, with sum_j |a_kj| <= 1, and sum_j |error of a_kj| <= u^2.

1. *Plain value.* fl(sum_j a_j x_j) of the high parts differs from a.y by at most e (the ray), u (1 + u) twice (both low
   parts) and r u / (1 - r u) (r products, r - 1 sums in any order), so by less than e + (r + 3) u for r <= 2^20.
2. *Double value.* Products are split exactly (Dekker 1971), sums as well (Knuth's TwoSum). With s the running sum, what
   is not in s is t_j + e_j + ah_j xl_j + al_j xh_j: the errors of sum and product, |t_j|, |e_j| <= u (1 + r u), and
   the cross terms, whose sums over j stay below u each. All is below (r + 3) u in sum, it is added up with at
   most r + 5 roundings on each path, so with an error below (r + 5)(r + 3) u^2 (1 + small); the products of low parts
   that are left out stay below u^2. With u^2 for the row and a reserve for underflow: e + (r + 6)^2 u^2.
3. *New ray.* Let c, c' be the computed |v(n)|, v(p), with errors at most d, d' (as in 2). The computed
   q = c p + c' n + E has |E| <= 16 u^2 (c + c'): each double product loses at most 8 u^2 of its size, the sum 7 u^2
   of both. Let p, n now be the true rays: q = (c p + c' n) + (c (p^ - p) + c' (n^ - n)) + E, where p^, n^ are the
   computed ones; the second term is at most c e_p + c' e_n. For any m > 0 and D = p - m n, and for
   l = (m c + c') / (m |v(n)| + v(p)) > 0, the coefficient of n cancels and
       c p + c' n - l (|v(n)| p + v(p) n) = (c - l |v(n)|) D,
       c - l |v(n)| = (d_n v(p) - d_p |v(n)|) / (m |v(n)| + v(p)),
   where d_n, d_p are the true errors of c, c'. So q is within
       c e_p + c' e_n + max|D| (d v(p) + d' |v(n)|) / (m |v(n)| + v(p)) + 16 u^2 (c + c')
   of a positive multiple of the true new ray, as long as the denominator is proven positive. With m the ratio of the
   sizes of p and n the vector D is short where p and n are close: a short edge does not lose accuracy. Then all is
   multiplied by a power of two. The bound itself is computed in plain floats with a reserve of 2^-40 of its size.
4. *Zero.* A value that step 2 cannot tell from 0 is below 2^-56.9 if e <= 2^-58. As an integer it is then smaller
   than the product of the caller's primes, so it is 0 if it is 0 modulo each of them
   (`arrangements.rays.kernel.modular_zero`).
5. *Doubt.* A ray whose bound e grew beyond 2^-72 gets a new one from its own rows
   (`arrangements.rays.kernel.error_bounds`). What is not decided by 1, 2 or 4, and every ray whose bound is beyond
   2^-58 even so, is left to exact arithmetic: the kernel returns, the caller settles the ray and calls again.

Nothing here is compiled with fastmath, so that no operation is fused, reordered or left out: 2 and 3 rest on it.
"""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numba import config, njit

from arrangements.errors import InputError
from arrangements.rays.kernel.state import Floats, Pool, Space, Work

if getattr(config, "DISABLE_JIT", False):  # records have named fields in compiled code only
    raise InputError(
        "NUMBA_DISABLE_JIT is set, and the engine rays needs compiled code; unset it, or take the engine lp"
    )

U = 2.0**-53
EXACT = 2.0**53
FINE = 2.0**-72
COARSE = 2.0**-58
ONE = np.uint64(1)
NEAR_ZERO = 2


def compiler(**options: Any) -> Any:
    """Numba's decorator for code that allocates nothing, so that references to arrays need not be counted."""
    return njit(**{"error_model": "numpy", "_nrt": False, "no_rewrites": True, **options})


def stamp(sources: Iterable[Path]) -> int:
    """A checksum of source files, not 0."""
    return crc32(b"".join(path.read_bytes() for path in sources)) | 1 << 32


_PART = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # callable from compiled code only
called = compiler(**_PART)
inlined = compiler(forceinline=True, **_PART)  # while machine code is made: for short functions
pasted = compiler(inline="always", **_PART)  # before types are inferred: for long ones that are used once


@inlined
def ones(x: np.uint64) -> np.int64:
    """Number of bits set; compiled to one instruction."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def lowest(x: np.uint64) -> np.int64:
    """Position of the lowest bit set."""
    return ones((x & (~x + ONE)) - ONE)


@called
def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


@inlined
def _two_sum(a: float, b: float) -> tuple[float, float]:
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


@inlined
def _product_error(a: float, b: float, p: float) -> float:
    """What fl(a b) = p lost: a b - p, exactly."""
    t = 134217729.0 * a
    ah = t - (t - a)
    al = a - ah
    t = 134217729.0 * b
    bh = t - (t - b)
    bl = b - bh
    return ((ah * bh - p) + ah * bl + al * bh) + al * bl


@inlined
def plain_value(a: Floats, k: int, x: Floats, q: int, r: int) -> float:
    """Row k of a times ray q of x, in plain floats."""
    s = 0.0
    for j in range(r):
        s += a[k, j] * x[q, j]
    return s


@inlined
def double_value(a: Floats, k: int, x: Floats, q: int, r: int) -> tuple[float, float]:
    """Row k of a times ray q of x, as a sum of two floats: step 2 of the module's proof."""
    s, c = 0.0, 0.0
    for j in range(r):
        p = a[k, j] * x[q, j]
        e = _product_error(a[k, j], x[q, j], p)
        s, t = _two_sum(s, p)
        c += t + (e + (a[k, j] * x[q, r + j] + a[k, r + j] * x[q, j]))
    return _two_sum(s, c)


@called
def _careful_sign(rows: Floats, k: int, rays: Floats, q: int, r: int) -> int:
    """The same after the plain value has failed: step 2."""
    v, _ = double_value(rows, k, rays, q, r)
    bound = rays[q, 2 * r] + ((r + 6) * U) ** 2
    bound += bound * U * 16.0  # the low part of v, and the rounding of the bound itself
    return 1 if v > bound else -1 if v < -bound else NEAR_ZERO


@inlined
def dimension(rays: Floats) -> int:
    """The r of an array of rays."""
    return (rays.shape[1] - 1) // 2


@inlined
def sign(space: Space, pool: Pool, k: int, q: int) -> int:
    """The sign of row k on ray q, or that it is near zero."""
    r = dimension(pool.rays)
    v = plain_value(space.rows, k, pool.rays, q, r)
    bound = 0.0 if space.exact else pool.rays[q, 2 * r] + (r + 3) * U
    if v > bound:
        return 1
    if v < -bound:
        return -1
    return 0 if space.exact else _careful_sign(space.rows, k, pool.rays, q, r)


@inlined
def evaluate(space: Space, pool: Pool, work: Work, i: int, k: int) -> None:
    """Write the size of row k on the i-th ray of the node, where its sign is known not to be 0."""
    q, r, entry = work.order[i], dimension(pool.rays), work.entries[i]
    entry.valued = 1
    if space.exact:
        entry.high = abs(plain_value(space.rows, k, pool.rays, q, r))
        return
    high, low = double_value(space.rows, k, pool.rays, q, r)
    positive = (pool.sides[q, k >> 6] >> np.uint64(k & 63)) & ONE
    entry.high = high if positive else -high
    entry.low = low if positive else -low


@pasted
def combine_exact(pool: Pool, work: Work, i: int, k: int, q: int) -> None:
    """Ray q from the i-th and the k-th of the node, divided by its gcd."""
    rays, p, n, r = pool.rays, work.order[i], work.order[k], dimension(pool.rays)
    a, b = work.entries[k].high, work.entries[i].high
    if a != 1.0 and b != 1.0:
        g = _gcd(np.int64(a), np.int64(b))
        a /= g
        b /= g
    g = np.int64(0)
    for j in range(r):
        x = a * rays[p, j] + b * rays[n, j]
        rays[q, j] = x
        if g != 1:
            g = _gcd(np.int64(abs(x)), g)
    if g > 1:
        for j in range(r):
            rays[q, j] /= g


@pasted
def combine_filtered(pool: Pool, work: Work, i: int, k: int, q: int) -> None:
    """Ray q from the i-th and the k-th of the node, p and n, with its error bound: step 3 of the module's proof."""
    rays, entry_p, entry_n = pool.rays, work.entries[i], work.entries[k]
    p, n, r = work.order[i], work.order[k], dimension(rays)
    unit = ((r + 6) * U) ** 2
    ch, cl, dh, dl = entry_n.high, entry_n.low, entry_p.high, entry_p.low
    e_p, e_n = rays[p, 2 * r], rays[n, 2 * r]
    rays[q, 2 * r] = np.inf
    if not (ch > 0.0 and dh > 0.0):
        return
    scale = math.ldexp(1.0, -math.frexp(max(ch, dh))[1])
    ch, cl, dh, dl = ch * scale, cl * scale, dh * scale, dl * scale
    error_c, error_d = (e_n + unit) * scale, (e_p + unit) * scale
    size_p, size_n = 0.0, 0.0
    for j in range(r):
        size_p = max(size_p, abs(rays[p, j]))
        size_n = max(size_n, abs(rays[n, j]))
    m = size_p / size_n
    distance, size = 0.0, 0.0
    for j in range(r):
        x, y = rays[p, j], rays[n, j]
        distance = max(distance, abs(x - m * y))
        cx, dy = ch * x, dh * y
        cx_low = _product_error(ch, x, cx) + (ch * rays[p, r + j] + cl * x)
        dy_low = _product_error(dh, y, dy) + (dh * rays[n, r + j] + dl * y)
        s, t = _two_sum(cx, dy)
        high, low = _two_sum(s, t + (cx_low + dy_low))
        rays[q, j], rays[q, r + j] = high, low
        size = max(size, abs(high))
    distance += 2.0**-48 + e_p + m * e_n
    known = m * ch + dh - (m * error_c + error_d)
    if not (known > 0.0625 and size > 0.0):
        return
    error = ch * e_p + dh * e_n + 16.0 * U * U * (ch + dh)
    error += distance * (error_c * (dh + error_d) + error_d * (ch + error_c)) / known
    scale = math.ldexp(1.0, -math.frexp(size)[1])
    for j in range(2 * r):
        rays[q, j] *= scale
    rays[q, 2 * r] = error * scale * (1.0 + 2.0**-40)
