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

const heed = (page: Page, mode: string, state: string, more: Partial<Voice> = {}): Page =>
  voice(feed(page, [{ type: "state", listening: { mode, state, wake_phrase: "hey devops" } }]), more);

test("push-to-talk listens only while it is held", () => {
  const push = heed(on, "push", "awake", { muted: true, push: true });
  assert.deepEqual(micView(push), { word: "push", label: "Hold to talk", hint: "Hold the microphone, or Space, while you talk" });
  assert.equal(word(voice(push, { userSpeaking: true })), "push");
  const held = voice(push, { holding: true });
  assert.deepEqual([word(held), micView(held).hint], ["listening", "Let go when you are done"]);
  assert.equal(word(voice(held, { userSpeaking: true })), "hearing");
  assert.equal(word(voice(push, { botSpeaking: true })), "speaking");
  assert.equal(word(voice(push, { microphone: "refused" })), "no-microphone");
  assert.equal(word(feed(push, [turn("t1", "running")])), "push");
});

test("asleep says how to wake it, and what is said beside it is not shown as heard", () => {
  const asleep = heed(on, "wake", "asleep");
  assert.deepEqual(micView(asleep), { word: "asleep", label: "Asleep", hint: "Say “hey devops”, or press the microphone" });
  assert.equal(word(voice(asleep, { userSpeaking: true })), "asleep");
  assert.equal(word(voice(asleep, { botSpeaking: true })), "speaking");
  assert.equal(word(voice(asleep, { muted: true })), "muted");
  assert.equal(word(heed(busy, "wake", "asleep")), "asleep");
  assert.equal(word(heed(asleep, "wake", "awake")), "listening");
});

test("asleep while push-to-talk is set, a key alone does not wake it", () => {
  const asleep = heed(on, "push", "asleep", { muted: true, push: true });
  assert.deepEqual([word(asleep), micView(asleep).hint], ["asleep", "Hold the microphone and say “hey devops”"]);
  assert.equal(word(voice(asleep, { holding: true, userSpeaking: true })), "asleep");
});

test("who asked for time is waited for", () => {
  const holding = heed(on, "open", "holding");
  assert.deepEqual([word(holding), micView(holding).label], ["waiting", "Holding on"]);
  assert.equal(word(voice(holding, { userSpeaking: true })), "hearing");
});
