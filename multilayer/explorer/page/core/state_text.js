/**
 * A JSON value as the text behind the # of an address: base64url of its UTF-8 bytes, after the version and a checksum.
 *
 * The text is "v1.CHECK.DATA". It holds only letters, digits, "-", "_" and ".", so that mail and chat keep it whole;
 * the checksum tells a link that lost its end from one that is complete.
 */

const VERSION = "v1";

/**
 * Write a JSON value as text.
 * @param {unknown} state anything that JSON.stringify writes; no BigInt
 * @returns {string}
 * @throws {TypeError} the value is not JSON
 */
export function encode(state) {
  const json = JSON.stringify(state);
  if (json === undefined) throw new TypeError("the state is not a JSON value");
  const bytes = new TextEncoder().encode(json);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const data = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${VERSION}.${checksum(data)}.${data}`;
}

/**
 * Read the text that encode() wrote.
 * @param {string} text with or without a # in front
 * @returns {unknown} the JSON value
 * @throws {Error} the text is of another version, was cut or changed; the message says which
 */
export function decode(text) {
  const [version, check, data, ...more] = text.replace(/^#/, "").split(".");
  if (version !== VERSION) {
    throw new Error(`it begins with "${version.slice(0, 10)}" where links of this page begin with "${VERSION}."`);
  }
  if (!data || more.length || checksum(data) !== check) throw new Error("a part of it is missing or changed");
  const binary = atob(data.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The 32-bit FNV-1a hash of a text, in base 36. */
function checksum(text) {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}
