import assert from "node:assert/strict";
import { test } from "node:test";
import { micView } from "../src/state/mic.ts";
import { reduce, type Page, type Voice } from "../src/state/page.ts";
import { agent, ask, feed, live, turn } from "./events.ts";

const voice = (page: Page, change: Partial<Voice>): Page => reduce(page, { type: "voice", change });
const word = (page: Page): string => micView(page).word;

const on = voice(live, { wanted: true, phase: "on", microphone: "ok" });
const busy = feed(on, [turn("t1", "running"), agent("tool", { call: "c", tool: "bash", command: "pytest -q", state: "running" })]);

test("each state has its word", () => {
  assert.equal(word(live), "off");
  assert.equal(word(voice(live, { phase: "connecting" })), "connecting");
  assert.equal(word(on), "listening");
  assert.equal(word(voice(on, { userSpeaking: true })), "hearing");
  assert.equal(word(busy), "working");
  assert.equal(word(voice(busy, { botSpeaking: true })), "speaking");
  assert.equal(word(voice(on, { muted: true })), "muted");
  assert.equal(word(voice(on, { microphone: "refused" })), "no-microphone");
  assert.equal(word(voice(on, { phase: "reconnecting" })), "reconnecting");
  assert.equal(word(reduce(on, { type: "link", link: "lost" })), "reconnecting");
});

test("talking wins over speaking, and a muted user is not heard", () => {
  assert.equal(word(voice(on, { userSpeaking: true, botSpeaking: true })), "hearing");
  assert.equal(word(voice(on, { userSpeaking: true, muted: true })), "muted");
  assert.equal(word(voice(on, { userSpeaking: true, muted: true, holding: true })), "hearing");
  assert.equal(word(voice(busy, { muted: true, holding: true })), "listening");
});

test("the second line says what to do", () => {
  assert.equal(micView(busy).hint, "pytest -q");
  assert.equal(micView(feed(on, [ask("a")])).hint, "The agent needs your answer");
  assert.match(micView(voice(on, { microphone: "absent" })).hint, /type below/);
  assert.match(micView(voice(on, { muted: true })).hint, /Space/);
});

test("a call that ended leaves nobody speaking", () => {
  const ended = voice(voice(on, { userSpeaking: true, botSpeaking: true }), { phase: "reconnecting" });
  assert.deepEqual([ended.voice.userSpeaking, ended.voice.botSpeaking], [false, false]);
});
