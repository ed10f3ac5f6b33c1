import assert from "node:assert/strict";
import { test } from "node:test";
import { GUARD_MS, intent, type Moment, type Press } from "../src/state/keys.ts";

const quiet: Moment = { ask: null, draftAgeMs: null, voiceOn: true, muted: false };
const permission = { id: "a", kind: "permission", ageMs: GUARD_MS, always: true, busy: false } as const;
const question = { ...permission, kind: "question" } as const;

const press = (key: string, moment: Partial<Moment> = {}, more: Partial<Press> = {}) =>
  intent({ key, repeat: false, modified: false, where: "page", ...more }, { ...quiet, ...moment });

test("Y, A and N answer the request, in any case of letter", () => {
  assert.deepEqual(press("y", { ask: permission }), { do: "reply", id: "a", reply: "allow" });
  assert.deepEqual(press("A", { ask: permission }), { do: "reply", id: "a", reply: "always" });
  assert.deepEqual(press("n", { ask: permission }), { do: "reply", id: "a", reply: "deny" });
});

test("they are ignored while the card is new, while typing, held down, with Ctrl, and without a card", () => {
  assert.equal(press("y", { ask: { ...permission, ageMs: GUARD_MS - 1 } }), null);
  assert.equal(press("y", { ask: permission }, { where: "text" }), null);
  assert.equal(press("y", { ask: permission }, { repeat: true }), null);
  assert.equal(press("a", { ask: permission }, { modified: true }), null);
  assert.equal(press("y", { ask: { ...permission, busy: true } }), null);
  assert.equal(press("y"), null);
  assert.equal(press("y", { ask: question }), null);
});

test("always needs a scope to be offered", () => {
  assert.equal(press("a", { ask: { ...permission, always: false } }), null);
});

test("numbers choose an option of a question only", () => {
  assert.deepEqual(press("2", { ask: question }), { do: "option", id: "a", index: 1 });
  assert.equal(press("0", { ask: question }), null);
  assert.equal(press("1", { ask: permission }), null);
  assert.equal(press("1", { ask: { ...question, ageMs: 0 } }), null);
});

test("Enter sends a draft from anywhere but a field or a button", () => {
  assert.deepEqual(press("Enter", { draftAgeMs: GUARD_MS }), { do: "send_draft" });
  assert.equal(press("Enter", { draftAgeMs: 10 }), null);
  assert.equal(press("Enter", { draftAgeMs: GUARD_MS }, { where: "text" }), null);
  assert.equal(press("Enter", { draftAgeMs: GUARD_MS }, { where: "control" }), null);
  assert.deepEqual(press("Enter", { ask: question }), { do: "confirm" });
  assert.equal(press("Enter", { ask: permission }), null);
});

test("Space talks only while muted, and never presses a button", () => {
  assert.deepEqual(press(" ", { muted: true }), { do: "talk" });
  assert.equal(press(" "), null);
  assert.equal(press(" ", { muted: true, voiceOn: false }), null);
  assert.equal(press(" ", { muted: true }, { where: "control" }), null);
});

test("Escape hushes even while typing; M, R, S and slash do not reach into a field", () => {
  assert.deepEqual(press("Escape", {}, { where: "text" }), { do: "hush" });
  const letters = ["m", "r", "s", "/"];
  assert.deepEqual(letters.map((key) => press(key)), [{ do: "mute" }, { do: "repeat" }, { do: "places" }, { do: "focus" }]);
  for (const key of letters) assert.equal(press(key, {}, { where: "text" }), null);
  assert.equal(press("m", { voiceOn: false }), null);
});
