import assert from "node:assert/strict";
import { test } from "node:test";
import { micView } from "../src/state/mic.ts";
import { activeCard, cardElsewhere, cardsInOrder, reduce, workHere, type Page } from "../src/state/page.ts";
import { nextPlace, places } from "../src/state/places.ts";
import { agent, ask, feed, live, turn, type Raw } from "./events.ts";

const row = (id: string, more: Raw = {}): Raw => ({ id, title: id, project: "/w/shop", focus: false, agent_state: "idle", ...more });
const told = (...sessions: readonly Raw[]): Raw => ({ type: "state", state: "ready", sessions });
const cart = row("cart", { focus: true });
const docs = row("docs", { agent_state: "needs_you" });
const two = feed(live, [told(cart, docs)]);
const names = (page: Page): string[] => places(page.status).map((place) => place.name);
const texts = (page: Page): string[] => workHere(page).items.map((item) => (item.kind === "turn" || item.kind === "note" ? item.text : item.kind));

test("sessions are listed only where there is a choice, the one in focus marked, each with its state", () => {
  assert.deepEqual(places(feed(live, [told(cart)]).status), []);
  assert.deepEqual(places(null), []);
  const all = places(feed(live, [told(cart, docs, row("ci", { agent_state: "working" }), row("gone", { agent_state: "lost" }))]).status);
  assert.deepEqual(all.map((place) => [place.name, place.state, place.here]), [
    ["cart", "idle", true], ["docs", "needs you", false], ["ci", "working", false], ["gone", "agent away", false],
  ]);
});

test("several projects are told apart by their folder, and a session without a title is a new one", () => {
  assert.deepEqual(names(two), ["cart", "docs"]);
  assert.deepEqual(names(feed(live, [told(cart, row("", { title: "", project: "/w/blog/" }))])), ["shop: cart", "blog: New session"]);
});

test("the key of the list leads to who needs the user, else to the next one, round the end", () => {
  const [a, b, c] = [row("a"), row("b", { focus: true }), row("c")];
  const next = (...rows: readonly Raw[]): string | undefined => nextPlace(places(feed(live, [told(...rows)]).status))?.id;
  assert.equal(next(a, b, c), "c");
  assert.equal(next({ ...a, agent_state: "needs_you" }, b, c), "a");
  assert.equal(next(a, c, b), "a");
  assert.equal(next(b), undefined);
});

test("a request of another session is named, stands behind, and no key answers it", () => {
  const page = feed(two, [ask("far", { session: "docs" }), ask("near", { session: "cart" })]);
  const [near, far] = cardsInOrder(page);
  assert.deepEqual([near?.ask.id, far?.ask.id], ["near", "far"]);
  assert.deepEqual([near && cardElsewhere(page, near), far && cardElsewhere(page, far)], ["", "docs"]);
  assert.equal(activeCard(page)?.ask.id, "near");
  const answering = reduce(page, { type: "answering", id: "near", reply: "allow" });
  assert.equal(activeCard(answering), null);
  const there = feed(answering, [told({ ...cart, focus: false }, { ...docs, focus: true })]);
  assert.equal(activeCard(there)?.ask.id, "far");
});

test("what is done is kept apart by session, and shown for the one in focus", () => {
  const page = feed(two, [
    turn("t1", "running", { session: "docs", text: "write the docs" }),
    agent("todo", { session: "docs", items: [{ text: "one", status: "pending" }] }),
    turn("t2", "done", { session: "cart", text: "fix the cart" }),
  ]);
  const on = reduce(page, { type: "voice", change: { phase: "on", microphone: "ok" } });
  assert.deepEqual([texts(on), workHere(on).todo.length, micView(on).word], [["fix the cart"], 0, "listening"]);
  const there = feed(on, [told({ ...cart, focus: false }, { ...docs, focus: true })]);
  assert.deepEqual([texts(there), workHere(there).todo.length, micView(there).word], [["write the docs"], 1, "working"]);
  assert.deepEqual(texts(feed(there, [told(docs, row("new", { focus: true }))])), []);
});

test("a prompt goes along to the session that takes it, with what was known of it", () => {
  const waits = feed(live, [told(row("", { focus: true }), docs), turn("t1", "submitted", { session: "" })]);
  assert.deepEqual(texts(waits), ["run the tests"]);
  const taken = feed(waits, [turn("t1", "running", { session: "new", text: "" }), { type: "turn", id: "t1", session: "", reply_ms: 300 }]);
  assert.deepEqual(texts(taken), []);
  const [only] = workHere(feed(taken, [told(row("new", { focus: true }), docs)])).items;
  assert.deepEqual(only?.kind === "turn" && [only.text, only.state, only.replyMs], ["run the tests", "running", 300]);
});

test("an answered request leaves its trace in its own session", () => {
  const page = feed(two, [ask("far", { session: "docs" }), { type: "ask_closed", id: "far", session: "docs", closing: "deny" }]);
  assert.deepEqual(texts(page), []);
  assert.deepEqual(texts(feed(page, [told({ ...docs, focus: true }, { ...cart, focus: false })])), ["Denied"]);
});
