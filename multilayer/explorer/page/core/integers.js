/**
 * Exact numbers: integers are BigInt, and every number that is read becomes a fraction {num, den} with den > 0.
 *
 * Text is the decimal or fraction that it spells; a float is the dyadic rational that it holds.
 */

const NUMBER = /^([+-]?)(?:(\d+)\/(\d+)|(\d+)\.?(\d*)(?:[eE]([+-]?\d+))?|\.(\d+)(?:[eE]([+-]?\d+))?)$/;
const LONGEST = 250_000; // characters of one number: what is typed is shorter, but 1e9999 is written out
const LARGEST_EXPONENT = 9999;

/** The absolute value of a BigInt. */
export function abs(x) {
  return x < 0n ? -x : x;
}

/** The greatest common divisor of two BigInts, not negative; gcd(0n, 0n) is 0n. */
export function gcd(a, b) {
  let [x, y] = [abs(a), abs(b)];
  while (y) [x, y] = [y, x % y];
  return x;
}

/** The sign of a BigInt, as one of the Numbers -1, 0, 1. */
export function sign(x) {
  return x > 0n ? 1 : x < 0n ? -1 : 0;
}

/** The scalar product of two BigInt[] of one length. */
export function dot(a, b) {
  let sum = 0n;
  for (let k = 0; k < a.length; k += 1) sum += a[k] * b[k];
  return sum;
}

/** The sum of two BigInt[] of one length. */
export function plus(a, b) {
  return a.map((x, k) => x + b[k]);
}

/** The negative of a BigInt[]. */
export function negative(vector) {
  return vector.map((x) => -x);
}

/** Divide a BigInt[] by the positive greatest common divisor of its entries; zero stays zero. */
export function primitive(vector) {
  let divisor = 0n;
  for (const x of vector) {
    divisor = gcd(divisor, x);
    if (divisor === 1n) return vector;
  }
  return divisor ? vector.map((x) => x / divisor) : vector;
}

/** The primitive row of a hyperplane whose first non-zero entry is positive: equal rows are equal hyperplanes. */
export function canonicalRow(row) {
  const short = primitive(row);
  const first = short.find((x) => x);
  return first < 0n ? negative(short) : short;
}

/** The fraction num / den in lowest terms with a positive denominator; throws an Error where den is 0n. */
export function fraction(num, den) {
  if (!den) throw new Error("a denominator is 0");
  const divisor = gcd(num, den) * (den < 0n ? -1n : 1n);
  return { num: num / divisor, den: den / divisor };
}

/**
 * Read a number exactly.
 * @param {string | number | bigint} value text such as "3", "-0.25", "1/3", "2e-3"; a finite float; or a BigInt
 * @returns {{num: bigint, den: bigint}} in lowest terms, den > 0
 * @throws {Error} it is no finite number; the message says what was read and how numbers are written
 */
export function exactNumber(value) {
  if (typeof value === "bigint") return { num: value, den: 1n };
  if (typeof value === "number") return ofFloat(value);
  const text = String(value).trim();
  const found = text.length <= LONGEST ? NUMBER.exec(text) : null;
  if (!found) throw new Error(`"${shown(text)}" is not a number; write it like -3, 0.1, 1/3 or 2e-3`);
  const [, minus, above, below, whole = "", decimals = "", power, pointed, pointedPower] = found;
  const negate = minus === "-" ? -1n : 1n;
  if (above !== undefined) {
    if (!BigInt(below)) throw new Error(`"${shown(text)}" has the denominator 0`);
    return fraction(negate * BigInt(above), BigInt(below));
  }
  const digits = pointed ?? decimals;
  const exponent = Number(power ?? pointedPower ?? 0);
  if (Math.abs(exponent) > LARGEST_EXPONENT) {
    throw new Error(`"${shown(text)}" has an exponent of more than 4 digits, the limit`);
  }
  const number = negate * BigInt(whole + digits);
  const shift = exponent - digits.length;
  return shift < 0 ? fraction(number, 10n ** BigInt(-shift)) : { num: number * 10n ** BigInt(shift), den: 1n };
}

/**
 * The primitive integer row that is a positive multiple of a row of numbers.
 * @param {(string | number | bigint | {num: bigint, den: bigint})[]} numbers what exactNumber reads, or fractions
 * @returns {bigint[]}
 * @throws {Error} an entry is no number
 */
export function integerRow(numbers) {
  const fractions = numbers.map((x) => (typeof x === "object" ? x : exactNumber(x)));
  const common = fractions.reduce((l, { den }) => (l / gcd(l, den)) * den, 1n);
  return primitive(fractions.map(({ num, den }) => num * (common / den)));
}

/**
 * The multiple of 1 / denominator that is nearest to a float, half rounded up.
 * @param {number} x a finite float
 * @param {bigint | number} denominator a positive integer
 * @returns {{num: bigint, den: bigint}} in lowest terms
 * @throws {Error} x is not finite
 */
export function snapped(x, denominator) {
  const { num, den } = ofFloat(x);
  const grid = BigInt(denominator);
  return fraction(floorDivision(2n * num * grid + den, 2n * den), grid);
}

function floorDivision(a, b) {
  const quotient = a / b;
  return quotient * b > a ? quotient - 1n : quotient;
}

/** The dyadic rational that a float holds: its bits, one power of two at a time. */
function ofFloat(x) {
  if (!Number.isFinite(x)) throw new Error(`${x} is not a finite number`);
  let [mantissa, power] = [x, 1n];
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2; // exact: only the exponent changes
    power *= 2n;
  }
  return { num: BigInt(mantissa), den: power };
}

function shown(text) {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
