"use strict";
// How a finished text looks in a language: what `shaped` of nobat/show/language.py does, in the page.
const shaping = ({ zero_to_nine, point, comma, percent }) => {
  if (zero_to_nine === "0123456789") return (text) => String(text);
  const OPEN = "\u2066", POP = "\u2069", DASH = "\u2013", MINUS = "\u2212";
  const PIECE = new RegExp([
    `(?<apart>${OPEN}[^${POP}\\n]*(?:${POP}|$|(?=\\n)))`, "(?<code>`[^`]*`)",
    "(?<word>[A-Za-z_][\\w.-]*)", "(?<date>\\d{4}-\\d\\d-\\d\\d)", "(?<power>-?\\d[\\d.,]*e[+-]?\\d+)",
    "(?<signed>(?<![\\w.,)\\]])[+-](?=\\d)(?:[.,]?\\d)+)", "(?<range>(?<=\\d)-(?=\\d))",
    "(?<number>\\d(?:[.,]?\\d)*)", "(?<percent>%)",
  ].join("|"), "g");
  const digits = (text) => text.replace(/[\d.,]/g, (sign) =>
    (sign === "." ? point : sign === "," ? comma : zero_to_nine[sign]));
  const latin = (text) => OPEN + text + POP;
  const piece = (text, found) => {
    if (found.apart || found.word) return text;
    if (found.code || found.power) return latin(text);
    if (found.percent) return percent;
    if (found.range) return DASH;
    if (found.date) return latin(digits(text));
    if (found.signed) return latin(digits(text.replace("-", MINUS)));
    return digits(text);
  };
  return (text) => String(text).replace(PIECE, (whole, ...rest) => piece(whole, rest.at(-1)));
};
