/** Short ways to feed a page. */
import { feedEvent } from "../src/transport/parse.ts";
import { FIRST, reduce, type Page } from "../src/state/page.ts";

export type Raw = Readonly<Record<string, unknown>>;

/** The page after these events, numbered from `from` on. */
export const feed = (page: Page, events: readonly Raw[], at = 0): Page =>
  events.reduce((now: Page, raw, index) => {
    const event = feedEvent({ seq: page.seq + index + 1, ...raw });
    return event ? reduce(now, { type: "feed", event, at }) : now;
  }, page);

export const live: Page = reduce(reduce(FIRST, { type: "booted", bootId: "one" }), { type: "link", link: "live" });

export const heard = (id: string, text: string, state: string, more: Raw = {}): Raw => ({
  type: "heard", id, text, state, final: state !== "interim", source: "voice", command: "", reason: "", ...more,
});
export const spoken = (id: string, text: string, state: string, more: Raw = {}): Raw => ({
  type: "spoken", id, text, state, kind: "outcome", about: "", heard: "", ...more,
});
export const agent = (what: string, more: Raw): Raw => ({ type: "agent", session: "s", turn: "t1", what, ...more });
export const turn = (id: string, state: string, more: Raw = {}): Raw => ({
  type: "turn", id, session: "s", text: "run the tests", state, ours: true, reason: "", reply_ms: null, ...more,
});
export const ask = (id: string, more: Raw = {}): Raw => ({
  type: "ask", id, session: "s", kind: "permission", title: "Run it?", permission: "bash", command: "pytest -q", path: "",
  diff: "", patterns: [], always: ["pytest *"], child: "", ours: true, questions: [], ...more,
});
