// Draws the military symbols that nobat's maps use, once, into src/nobat/show/static/milsymbol.
//
//     npm install --no-save milsymbol@3.0.4 && node docs/symbols.mjs
//
// A code is a SIDC of MIL-STD-2525D / APP-6D: 20 digits. milsymbol draws a bare frame for one that it
// does not know, so every code is asked about first, and an unknown one ends this with an error.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";

const require = createRequire(join(process.cwd(), "package.json"));
const ms = require("milsymbol");
const { version } = require("milsymbol/package.json");

const INSTALLATION = "20", LAND_UNIT = "10";
const IDENTITIES = { friend: "3", neutral: "4", hostile: "6" };
const PLACES = ["112000", "120802", "112300", "110000", "120600", "110701", "111900"];
const INFANTRY = "121100";
const ECHELONS = ["14", "15", "16", "17", "18", "21"];

const code = (identity, set, echelon, entity) =>
  `130${IDENTITIES[identity]}${set}00${echelon}${entity}0000`;
const codes = [
  ...Object.keys(IDENTITIES).flatMap((who) => PLACES.map((what) => code(who, INSTALLATION, "00", what))),
  ...["friend", "hostile"].flatMap((who) => ECHELONS.map((size) => code(who, LAND_UNIT, size, INFANTRY))),
];

const symbols = Object.fromEntries(codes.map((sidc) => {
  const symbol = new ms.Symbol(sidc, { size: 100 });
  if (!symbol.isValid()) throw new Error(`${sidc} is no code that milsymbol ${version} can draw`);
  const svg = symbol.asSVG();
  const box = svg.match(/viewBox="([^"]+)"/)[1].split(" ").map(Number);
  const drawn = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  return [sidc, { box, drawn: drawn.replace(/ fill-opacity="1"/g, "").replace(/ ?><\/path>/g, "/>") }];
}));

const folder = join(dirname(fileURLToPath(import.meta.url)), "../src/nobat/show/static/milsymbol");
writeFileSync(join(folder, "symbols.json"), JSON.stringify({ milsymbol: version, symbols }, null, 1) + "\n");
