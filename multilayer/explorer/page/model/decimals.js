/** Exact text of numbers that a gesture proposes: floats are snapped to decimals, and from then on only text counts. */

import { fraction } from "core/integers";

const LONGEST = 20; // digits after the point of a decimal; what needs more is written as a fraction

/** The nearest multiple of 10^-digits, as an integer of that unit. */
export function scaledDecimal(x, digits) {
  return BigInt(Math.round(x * 10 ** digits));
}

/** The nearest decimal with so many digits after the point, as short text. */
export function decimal(x, digits) {
  const text = (Math.round(x * 10 ** digits) / 10 ** digits).toFixed(digits);
  const short = digits > 0 ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

/** The text of p/q in lowest terms: a decimal where it ends soon, otherwise a fraction. */
export function fractionText(p, q) {
  const { num: above, den: below } = fraction(p, q);
  if (below === 1n) return `${above}`;
  for (let digits = 1, unit = 10n; digits <= LONGEST; digits += 1, unit *= 10n) {
    if (unit % below === 0n) return decimalText(above * (unit / below), digits);
  }
  return `${above}/${below}`;
}

/**
 * The texts of fractions times a factor that has three digits: exactly in proportion, and of about the wanted size.
 * @param {{num: bigint, den: bigint}[]} fractions
 * @param {number} factor not 0
 */
export function scaled(fractions, factor) {
  const digits = 2 - Math.floor(Math.log10(Math.abs(factor)));
  const three = BigInt(Math.round(factor * 10 ** digits));
  const [up, down] = digits < 0 ? [10n ** BigInt(-digits), 1n] : [1n, 10n ** BigInt(digits)];
  return fractions.map(({ num, den }) => fractionText(num * three * up, den * down));
}

/**
 * A fraction rounded to some significant digits, as floats are written, but of any size.
 * @param {bigint} num
 * @param {bigint} den positive
 */
export function roundedText(num, den, digits) {
  if (!num) return "0";
  const size = num < 0n ? -num : num;
  let power = `${size}`.length - `${den}`.length; // of ten, at most 1 too large
  if (size * tenTo(-power) < den * tenTo(power)) power -= 1;
  const shift = digits - 1 - power;
  const [p, q] = [size * tenTo(shift), den * tenTo(-shift)];
  const units = `${(2n * p + q) / (2n * q)}`;
  const float = Number(`${units}e${-shift}`);
  const last = units.length - 1 - shift;
  const far = `${units[0]}.${units.slice(1)}`.replace(/\.?0*$/, "") + `e${last < 0 ? "" : "+"}${last}`;
  return (num < 0n ? "-" : "") + (float > Number.MIN_VALUE * 2 ** 52 && float < Infinity ? float : far);
}

/** 10^k, or 1 where k is negative. */
function tenTo(k) {
  return 10n ** BigInt(Math.max(0, k));
}

function decimalText(units, digits) {
  const text = `${units < 0n ? -units : units}`.padStart(digits + 1, "0");
  return `${units < 0n ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** How many digits after the point make steps fine enough to look smooth for a row of this length: a 500th of it. */
export function digitsFor(length) {
  if (!(length > 0)) return 2;
  return Math.min(12, Math.max(0, Math.ceil(Math.log10(500 / length))));
}
