import assert from "node:assert/strict";
import { test } from "node:test";
import { notice } from "../src/state/consent.ts";
import { status } from "../src/transport/parse.ts";
import type { Pending } from "../src/words.ts";

const NOW = 1_000;
const plain: Pending = { id: "a", risk: "write", why: "", challenge: [], clickOnly: false, answerBy: null };
const told = (more: Partial<Pending> = {}) => notice({ ...plain, ...more }, NOW);

test("each class of risk has words, and an unknown one is shown as it came", () => {
  const classes = ["read", "write", "outside", "network", "credentials", "destructive"];
  const labels = classes.map((risk) => told({ risk }).label);
  assert.equal(new Set(labels).size, classes.length);
  assert.ok(labels.every((label, at) => label !== "" && label !== classes[at]));
  assert.equal(told({ risk: "novel" }).label, "novel");
  assert.equal(told({ risk: "destructive", why: "it deletes" }).why, "because it deletes");
});

test("the words that allow it are shown in their order, and a click where there are none", () => {
  assert.equal(told({ challenge: ["confirm", "maple", "seven"] }).phrase, "To let it happen, say: confirm maple seven");
  assert.equal(told({ clickOnly: true }).phrase, "Only a click lets it happen.");
  assert.equal(told().phrase, "");
});

test("the seconds that are left are counted down to nothing, never below", () => {
  assert.equal(told({ answerBy: NOW + 45 }).left, "denied in 45 s");
  assert.equal(told({ answerBy: NOW + 0.2 }).left, "denied in 1 s");
  assert.equal(told({ answerBy: NOW - 3 }).left, "denied in 0 s");
  assert.equal(told().left, "", "a request of a turn typed elsewhere waits without end");
});

test("without a request nothing is said", () => {
  assert.deepEqual(notice(null, NOW), { risk: "", label: "", why: "", phrase: "", left: "" });
});

test("what the daemon sends is read as it is meant; what is absent takes the careful value", () => {
  const sent = { id: "a", risk: "destructive", why: "it deletes", challenge: ["confirm", "maple"], answer_by: 7, click_only: true };
  const [full, bare] = status({ pending: [sent, { id: "b", click_only: "yes", answer_by: "soon" }] }).pending;
  assert.deepEqual(full, { id: "a", risk: "destructive", why: "it deletes", challenge: ["confirm", "maple"], clickOnly: true, answerBy: 7 });
  assert.deepEqual(bare, { ...plain, id: "b", risk: "" });
});
