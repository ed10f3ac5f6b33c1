import assert from "node:assert/strict";
import { test } from "node:test";
import { splitHeard, type SpokenLine } from "../src/state/conversation.ts";
import { activeCard, reduce, remarks, workHere } from "../src/state/page.ts";
import { isWorking, ITEMS_KEPT, runningTools, type TextItem, type ToolItem } from "../src/state/work.ts";
import { feedEvent } from "../src/transport/parse.ts";
import { agent, ask, feed, heard, live, spoken, turn } from "./events.ts";

test("an interim caption is replaced by the final one in its place", () => {
  const page = feed(live, [heard("h1", "run the", "interim"), spoken("s1", "Yes.", "begun"), heard("h1", "run the tests", "sent")]);
  assert.deepEqual(page.lines.map((line) => [line.kind, line.text]), [["heard", "run the tests"], ["spoken", "Yes."]]);
});

test("an interim caption that came to nothing goes away", () => {
  assert.equal(feed(live, [heard("h1", "uh", "interim"), heard("h1", "", "ignored")]).lines.length, 0);
});

test("a draft waits until it is sent, dropped or overtaken", () => {
  const waiting = feed(live, [heard("h1", "add a retry", "draft")], 7);
  assert.deepEqual(waiting.draft, { key: "1:heard:h1", text: "add a retry", at: 7 });
  assert.equal(feed(waiting, [heard("h1", "add a retry", "sent")]).draft, null);
  assert.equal(feed(waiting, [heard("h1", "add a retry", "ignored")]).draft, null);
  assert.equal(feed(waiting, [heard("h2", "something else", "sent")]).draft, null);
  assert.equal(feed(waiting, [heard("h2", "add three retries", "draft")]).draft?.text, "add three retries");
  assert.equal(feed(waiting, [heard("h2", "and th", "interim")]).draft?.text, "add a retry");
  assert.equal(reduce(waiting, { type: "draft_away" }).draft, null);
});

test("a queued line takes its place when it is spoken, before what still waits", () => {
  const page = feed(live, [
    spoken("s1", "First.", "queued"),
    spoken("s2", "Second.", "queued"),
    heard("h1", "wait", "sent"),
    spoken("s3", "Third.", "queued"),
    spoken("s1", "First.", "begun"),
    spoken("s1", "First.", "said"),
    spoken("s2", "Second.", "begun"),
  ]);
  assert.deepEqual(page.lines.map((line) => line.text), ["wait", "First.", "Second.", "Third."]);
});

test("an interrupted line tells what reached the ear", () => {
  const lines = feed(live, [spoken("s1", "Three tests fail.", "cut", { heard: "Three tests" })]).lines;
  assert.deepEqual(splitHeard(lines[0] as SpokenLine), ["Three tests", " fail."]);
  assert.deepEqual(splitHeard({ ...(lines[0] as SpokenLine), state: "unvoiced" }), ["", "Three tests fail."]);
});

test("what was told is not told twice", () => {
  const piece = agent("text", { part: "p", text: "abc", done: false });
  const page = feed(live, [piece]);
  assert.equal(feed(page, [{ ...piece, seq: 1 }]), page);
  assert.equal((workHere(page).items[0] as TextItem).clip.head, "abc");
});

test("text of a part is joined, and ten megabytes keep head and tail only", () => {
  const pieces = Array.from({ length: 1000 }, (_, at) => agent("text", { part: "p", text: `${at} `.padEnd(10_000, "x"), done: at === 999 }));
  const text = workHere(feed(live, pieces)).items[0] as TextItem;
  assert.ok(text.done && text.clip.head.startsWith("0 x") && text.clip.tail.endsWith("x"));
  assert.equal(text.clip.head.length + text.clip.tail.length + text.clip.omitted, 10_000_000);
  assert.ok(text.clip.head.length + text.clip.tail.length < 40_000);
});

test("a tool keeps what earlier events knew", () => {
  const page = feed(live, [
    turn("t1", "running"),
    agent("tool", { call: "c", tool: "bash", command: "pytest -q", state: "running" }),
    agent("tool", { call: "c", turn: "", state: "running", output: "\u001b[32m...\u001b[0m\r\n" }),
  ], 50);
  const [tool] = runningTools(workHere(page));
  assert.deepEqual([tool?.command, tool?.output, tool?.startedAt, tool?.turn], ["pytest -q", "...\n", 50, "t1"]);
  const done = feed(page, [agent("tool", { call: "c", state: "failed", exit_code: 1, seconds: 2 })]);
  assert.deepEqual([(workHere(done).items[1] as ToolItem).exitCode, runningTools(workHere(done)).length], [1, 0]);
});

test("tools that never told their end stop with their turn", () => {
  const page = feed(live, [turn("t1", "running"), agent("tool", { call: "c", tool: "bash", state: "running" })]);
  assert.ok(isWorking(workHere(page)));
  const ended = feed(page, [turn("t1", "stopped", { text: "" })]);
  assert.ok(!isWorking(workHere(ended)));
  assert.equal((workHere(ended).items[1] as ToolItem).state, "stopped");
  const [turnItem] = workHere(ended).items;
  assert.equal(turnItem?.kind === "turn" && turnItem.text, "run the tests");
});

test("old work is let go", () => {
  const page = feed(live, Array.from({ length: ITEMS_KEPT + 5 }, (_, at) => turn(`t${at}`, "done")));
  assert.deepEqual([workHere(page).items.length, workHere(page).dropped], [ITEMS_KEPT, 5]);
});

test("requests stack, the oldest unanswered one takes the keys, and an answer leaves a trace", () => {
  const page = feed(live, [ask("a"), ask("b", { command: "rm x" }), ask("a", { title: "Again" })]);
  assert.deepEqual(page.cards.map((card) => card.ask.title), ["Again", "Run it?"]);
  const answering = reduce(page, { type: "answering", id: "a", reply: "deny" });
  assert.equal(activeCard(answering)?.ask.id, "b");
  const closed = feed(answering, [{ type: "ask_closed", id: "a", session: "s", closing: "deny" }]);
  assert.deepEqual(closed.cards.map((card) => card.ask.id), ["b"]);
  const note = workHere(closed).items.at(-1);
  assert.deepEqual(note?.kind === "note" && [note.text, note.detail], ["Denied", "pytest -q"]);
});

test("another daemon takes requests and drafts with it and numbers afresh", () => {
  const page = feed(live, [turn("t1", "running"), heard("h1", "one", "draft"), ask("a")]);
  const after = reduce(page, { type: "booted", bootId: "two" });
  assert.deepEqual([after.seq, after.draft, after.cards.length, isWorking(workHere(after))], [0, null, 0, false]);
  assert.equal(after.lines.at(-1)?.text, "The daemon was restarted");
  const fresh = feed(after, [heard("h1", "two", "sent")]);
  assert.deepEqual(fresh.lines.map((line) => line.text), ["one", "The daemon was restarted", "two"]);
  assert.equal(reduce(after, { type: "booted", bootId: "two" }), after);
});

test("lasting troubles come back only when they are new", () => {
  const sick = { type: "state", state: "ready", degraded: [{ code: "speech.stt", message: "No ears.", cure: "Type." }] };
  const page = feed(live, [sick]);
  assert.deepEqual(remarks(page).map((each) => each.message), ["No ears."]);
  const away = reduce(page, { type: "remark_away", key: "speech.stt" });
  assert.equal(remarks(feed(away, [sick])).length, 0);
  const healed = feed(away, [{ type: "state", state: "ready", degraded: [] }]);
  assert.equal(remarks(feed(healed, [sick])).length, 1);
});

test("a strange or half-empty event is survived", () => {
  for (const raw of [null, 1, "x", [], {}, { type: "new-thing", seq: 1 }, { type: "agent", seq: 1 }]) assert.equal(feedEvent(raw), null);
  const page = feed(live, [
    { type: "state", profile: "embedded", agent: null, session: "ses_1", degraded: "no" },
    { type: "turn", id: "t", state: "weird" },
    { type: "ask", id: "a", kind: "question", questions: [{ options: ["x"] }, null] },
    { type: "gap", seq: 0 },
  ]);
  assert.deepEqual([page.status?.profile.name, page.status?.session, page.cards.length], ["embedded", "ses_1", 1]);
});

test("a turn keeps what a later event does not say", () => {
  const page = feed(live, [turn("t1", "running", { ours: false }), { type: "turn", id: "t1", state: "failed", reason: "No." }]);
  const late = feed(page, [{ type: "turn", id: "t1", reply_ms: 420 }, { type: "turn", id: "unknown", reply_ms: 500 }]);
  const [only] = workHere(late).items;
  assert.equal(workHere(late).items.length, 1);
  assert.deepEqual(only, { kind: "turn", key: "1:turn:t1", text: "run the tests", state: "failed", ours: false, reason: "No.", replyMs: 420 });
});

test("agent and profile are understood as objects and as names with their reasons apart", () => {
  const names = feed(live, [{ type: "state", agent: "rehearsal", profile: "embedded", why: { agent: "no model", profile: "no key", running: "Rehearsal 1" } }]);
  assert.deepEqual(names.status?.agent, { name: "rehearsal", why: "no model", detail: "Rehearsal 1" });
  assert.deepEqual(names.status?.profile, { name: "embedded", why: "no key", detail: "" });
  const objects = feed(live, [{ type: "state", profile: { name: "cloud", why: "keys", stages: { stt: "soniox", tts: "cartesia" } } }]);
  assert.deepEqual(objects.status?.profile, { name: "cloud", why: "keys", detail: "stt soniox, tts cartesia" });
});

test("the same trouble told twice is shown once", () => {
  const notice = { type: "notice", code: "speech.stt", message: "No ears.", cure: "Type.", level: "error" };
  assert.equal(remarks(feed(live, [{ ...notice, id: "n1" }, { ...notice, id: "n2" }])).length, 1);
});

test("the reply delay is the newest known", () => {
  const page = feed(live, [{ type: "state", latency_ms: 700 }, turn("t1", "running", { reply_ms: 420 }), { type: "state", latency_ms: 700 }]);
  assert.equal(page.replyMs, 420);
});
