import assert from "node:assert/strict";
import { test } from "node:test";
import { exactly } from "../src/content/exact.ts";

const shown = (text: string): string => exactly(text).map((piece) => piece.text).join("");
const marked = (text: string): string[] => exactly(text).filter((piece) => piece.kind !== "plain").map((piece) => piece.name);

test("a plain command is shown as it is", () => {
  const command = "cd build && make -j2 \\\n\t| tee out.log";
  assert.deepEqual(exactly(command), [{ kind: "plain", text: command, name: "" }]);
});

test("what nobody sees is named in its place", () => {
  for (const point of [0, 7, 8, 0xb, 0xd, 0x1b, 0x7f, 0x9b, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200f, 0x2028, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164, 0xe000, 0xfe0f, 0xfeff, 0xffa0, 0xe0041, 0xd800]) {
    const text = `ls ${String.fromCodePoint(point)}; rm x`;
    const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
    assert.deepEqual(marked(text), [name]);
    assert.equal(shown(text), `ls ⟨${name}⟩; rm x`);
  }
});

test("letters that only look like others are marked and kept", () => {
  assert.equal(shown("sud\u043e r\u0435boot"), "sud\u043e r\u0435boot");
  assert.deepEqual(marked("sud\u043e r\u0435boot"), ["U+043E", "U+0435"]);
  assert.deepEqual(marked("echo caf\u0065\u0301 \u2212rf"), ["U+0301", "U+2212"]);
  assert.deepEqual(marked("echo 日本\u202e語"), ["U+65E5 U+672C", "U+202E", "U+8A9E"]);
});

test("emptiness cannot push a command out of sight", () => {
  assert.equal(shown(`ls${" ".repeat(3000)}; rm x`), "ls⟨3000 blanks⟩ ; rm x");
  assert.equal(shown(`ls${" \n".repeat(900)}rm x`), "ls⟨900 line breaks⟩\nrm x");
  assert.equal(shown("if x\nthen\n\n    y\nfi"), "if x\nthen\n\n    y\nfi");
});

test("long hostile texts are read to their end", () => {
  for (const text of ["\u202e".repeat(60_000), "я".repeat(60_000), " \t".repeat(30_000), "я ".repeat(30_000)])
    assert.ok(shown(`${text}; rm x`).endsWith("; rm x"));
});
