/** What the agent does: turns, the text they write and the tools they use, in the order they came. */
import type { Agent, AgentTool, Ask, FileChange, TodoItem, ToolState, Turn, TurnState } from "../words.ts";
import { append, EMPTY, type Clip } from "./clip.ts";

export interface TurnItem {
  readonly kind: "turn";
  readonly key: string;
  readonly text: string;
  readonly state: TurnState;
  readonly ours: boolean;
  readonly reason: string;
  readonly replyMs: number | null;
}

export interface TextItem {
  readonly kind: "text";
  readonly key: string;
  readonly turn: string;
  readonly clip: Clip;
  readonly done: boolean;
}

export interface ToolItem {
  readonly kind: "tool";
  readonly key: string;
  readonly turn: string;
  readonly tool: string;
  readonly title: string;
  readonly command: string;
  readonly path: string;
  readonly child: string;
  readonly state: ToolState;
  readonly output: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly files: readonly FileChange[];
  /** Milliseconds of the page's clock. */
  readonly startedAt: number;
}

export interface NoteItem {
  readonly kind: "note";
  readonly key: string;
  readonly tone: "plain" | "good" | "bad";
  readonly text: string;
  readonly detail: string;
}

export type WorkItem = TurnItem | TextItem | ToolItem | NoteItem;

export interface Work {
  readonly items: readonly WorkItem[];
  readonly todo: readonly TodoItem[];
  /** Items let go from the front. */
  readonly dropped: number;
}

export const NOTHING: Work = { items: [], todo: [], dropped: 0 };
export const ITEMS_KEPT = 160;
const OUTPUT_KEPT = 8_000;

const put = (work: Work, item: WorkItem): Work => {
  const at = work.items.findLastIndex((each) => each.key === item.key);
  if (at >= 0) return { ...work, items: work.items.with(at, item) };
  const items = [...work.items, item];
  const over = Math.max(0, items.length - ITEMS_KEPT);
  return { ...work, items: items.slice(over), dropped: work.dropped + over };
};

const find = <K extends WorkItem["kind"]>(work: Work, kind: K, key: string): Extract<WorkItem, { kind: K }> | null => {
  const item = work.items.findLast((each) => each.key === key);
  return item?.kind === kind ? (item as Extract<WorkItem, { kind: K }>) : null;
};

export const isOpen = (state: TurnState): boolean => state === "submitted" || state === "running";

const unixLines = (text: string): string => text.replace(/\r\n?/g, "\n");

/** Terminal colours mean nothing here. */
const uncoloured = (text: string): string => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");

const text = (work: Work, key: string, turn: string, more: string, done: boolean): Work => {
  const before = find(work, "text", key);
  const clip = append(before?.clip ?? EMPTY, unixLines(more));
  return put(work, { kind: "text", key, turn, clip, done: done || (before?.done ?? false) });
};

const tool = (work: Work, key: string, turn: string, event: AgentTool, at: number): Work => {
  const before = find(work, "tool", key);
  return put(work, {
    kind: "tool",
    key,
    turn: turn || (before?.turn ?? ""),
    tool: event.tool || (before?.tool ?? ""),
    title: event.title || (before?.title ?? ""),
    command: event.command || (before?.command ?? ""),
    path: event.path || (before?.path ?? ""),
    child: event.child || (before?.child ?? ""),
    state: event.state,
    output: uncoloured(unixLines(event.output)).slice(-OUTPUT_KEPT) || (before?.output ?? ""),
    exitCode: event.exitCode ?? before?.exitCode ?? null,
    seconds: event.seconds,
    files: event.files.length ? event.files : (before?.files ?? []),
    startedAt: before?.startedAt ?? at,
  });
};

const note = (key: string, words: string, tone: NoteItem["tone"] = "plain", detail = ""): NoteItem => ({
  kind: "note",
  key,
  tone,
  text: words,
  detail,
});

export const agentDid = (work: Work, epoch: number, event: Agent, at: number): Work => {
  const did = event.work;
  switch (did.what) {
    case "text":
      return text(work, `${epoch}:text:${did.part}`, event.turn, did.text, did.done);
    case "tool":
      return tool(work, `${epoch}:tool:${did.call}`, event.turn, did, at);
    case "todo":
      return { ...work, todo: did.items };
    case "retry": {
      const words = `The model did not answer; try ${did.attempt + 1} in ${Math.round(did.waitS)} s`;
      return put(work, note(`${epoch}:retry:${event.turn}`, words, "bad", did.reason));
    }
    case "compacting":
      return put(
        work,
        note(`${epoch}:compacting:${event.session}`, did.done ? "Shortened its memory" : "Is shortening its memory"),
      );
  }
};

/** Tools of a turn that ended without telling ended with it. */
const endTools = (work: Work, turn: string): Work => {
  const ends = (item: WorkItem): boolean =>
    item.kind === "tool" && item.state === "running" && (turn === "" || item.turn === turn);
  if (!work.items.some(ends)) return work;
  return { ...work, items: work.items.map((item) => (ends(item) ? { ...(item as ToolItem), state: "stopped" } : item)) };
};

/** `before`: the turn as it is known so far, here or in another session. */
export const turnChanged = (work: Work, epoch: number, event: Turn, before: TurnItem | null): Work => {
  const key = `${epoch}:turn:${event.id}`;
  if (!before && event.state === null) return work;
  const state = event.state ?? before?.state ?? "running";
  const after = put(work, {
    kind: "turn",
    key,
    text: event.text || (before?.text ?? ""),
    state,
    ours: event.ours ?? before?.ours ?? true,
    reason: event.reason || (before?.reason ?? ""),
    replyMs: event.replyMs ?? before?.replyMs ?? null,
  });
  return isOpen(state) ? after : endTools(after, event.id);
};

export const turnIn = (work: Work, epoch: number, turn: string): TurnItem | null =>
  find(work, "turn", `${epoch}:turn:${turn}`);

export const without = (work: Work, item: WorkItem): Work => ({
  ...work,
  items: work.items.filter((each) => each !== item),
});

/** The daemon that knew these turns is gone. */
export const abandon = (work: Work): Work => {
  const ended = endTools(work, "");
  const items = ended.items.map((item): WorkItem =>
    item.kind === "turn" && isOpen(item.state) ? { ...item, state: "stopped", reason: "the daemon went away" } : item,
  );
  return { ...ended, items };
};

const CLOSED: Readonly<Record<string, readonly [string, NoteItem["tone"]]>> = {
  allow: ["Allowed once", "good"],
  always: ["Always allowed", "good"],
  deny: ["Denied", "bad"],
  answered: ["Answered", "plain"],
  dropped: ["No longer asked", "plain"],
};

export const askClosed = (work: Work, epoch: number, ask: Ask, closing: string): Work => {
  const [words, tone] = CLOSED[closing] ?? ["Closed", "plain"];
  return put(work, note(`${epoch}:ask:${ask.id}`, words, tone, ask.command || ask.path || ask.title));
};

export const runningTools = (work: Work): readonly ToolItem[] =>
  work.items.filter((item): item is ToolItem => item.kind === "tool" && item.state === "running");

export const isWorking = (work: Work): boolean => work.items.some((item) => item.kind === "turn" && isOpen(item.state));
