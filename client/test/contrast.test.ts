import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync("src/style.css", "utf8");

const palette = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] ?? "", found[2] ?? ""]));

const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map((found) => found[1]);

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const SURFACES = ["ground", "surface", "sunken", "accent-soft", "warn-soft"];
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ["ink", [...SURFACES, "good-soft", "bad-soft"]],
  ["soft", SURFACES],
  ["accent", ["ground", "surface", "sunken", "accent-soft"]],
  ["good", ["surface", "good-soft", "ground"]],
  ["bad", ["surface", "bad-soft", "ground"]],
  ["warn", ["surface", "warn-soft"]],
  ["voice", ["ground", "surface"]],
  ["surface", ["ink"]],
  ["on-accent", ["accent"]],
  ["on-good", ["good"]],
  ["on-voice", ["voice"]],
];

for (const [name, block] of [["light", light], ["dark", dark]] as const) {
  test(`text in the ${name} theme meets AA`, () => {
    const colours = palette(block);
    const colour = (which: string): string => {
      const value = colours.get(which);
      assert.ok(value, `--${which} is missing`);
      return value;
    };
    for (const [ink, grounds] of TEXT) {
      for (const ground of grounds) {
        const measured = contrast(colour(ink), colour(ground));
        assert.ok(measured >= 4.5, `${ink} on ${ground}: ${measured.toFixed(2)}`);
      }
    }
    assert.ok(contrast(colour("edge"), colour("surface")) >= 3, "borders of fields");
  });
}
