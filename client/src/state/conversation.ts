/** What was heard and what was spoken, in the order of the ear. */
import type { Heard, HeardState, Spoken, SpokenState } from "../words.ts";

export interface HeardLine {
  readonly kind: "heard";
  readonly key: string;
  readonly text: string;
  readonly final: boolean;
  readonly source: "voice" | "typed";
  readonly state: HeardState;
  readonly command: string;
  readonly reason: string;
}

export interface SpokenLine {
  readonly kind: "spoken";
  readonly key: string;
  readonly text: string;
  readonly about: string;
  readonly state: SpokenState;
  readonly heard: string;
}

/** A remark of the page itself, such as a restart of the daemon. */
export interface Mark {
  readonly kind: "mark";
  readonly key: string;
  readonly text: string;
}

export type Line = HeardLine | SpokenLine | Mark;

export interface Draft {
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

export const LINES_KEPT = 300;

const waits = (line: Line): boolean => line.kind === "spoken" && line.state === "queued";

const put = (lines: readonly Line[], line: Line): readonly Line[] => {
  const at = lines.findLastIndex((each) => each.key === line.key);
  return at < 0 ? [...lines, line].slice(-LINES_KEPT) : lines.with(at, line);
};

/** Behind everything that was heard or spoken, before what still waits. */
const begin = (lines: readonly Line[], line: Line): readonly Line[] => {
  const others = lines.filter((each) => each.key !== line.key);
  return others.toSpliced(others.findLastIndex((each) => !waits(each)) + 1, 0, line);
};

export const mark = (lines: readonly Line[], key: string, text: string): readonly Line[] =>
  put(lines, { kind: "mark", key, text });

export const hear = (lines: readonly Line[], epoch: number, event: Heard): readonly Line[] => {
  const key = `${epoch}:heard:${event.id}`;
  if (!event.text.trim()) return lines.filter((line) => line.key !== key);
  const { text, final, source, state, command, reason } = event;
  return put(lines, { kind: "heard", key, text, final, source, state, command, reason });
};

/** The newest guess that waits for a yes; anything sent or dropped after it takes it away. */
export const draftAfter = (draft: Draft | null, epoch: number, event: Heard, at: number): Draft | null => {
  const key = `${epoch}:heard:${event.id}`;
  if (event.state === "draft" && event.final) {
    return draft?.key === key && draft.text === event.text ? draft : { key, text: event.text, at };
  }
  const replaces = event.state === "sent" || draft?.key === key;
  return replaces ? null : draft;
};

/** A queued line takes its place when its turn to be spoken comes. */
export const speak = (lines: readonly Line[], epoch: number, event: Spoken): readonly Line[] => {
  const key = `${epoch}:spoken:${event.id}`;
  if (!event.text.trim()) return lines;
  const before = lines.findLast((line) => line.key === key);
  const { text, about, state, heard } = event;
  const line: SpokenLine = { kind: "spoken", key, text, about, state, heard };
  return before && waits(before) && !waits(line) ? begin(lines, line) : put(lines, line);
};

/** What of a line reached the ear, and what did not. */
export const splitHeard = (line: SpokenLine): readonly [string, string] => {
  switch (line.state) {
    case "cut": {
      const heard = line.heard.trim();
      return line.text.startsWith(heard) ? [heard, line.text.slice(heard.length)] : [heard, ""];
    }
    case "dropped":
    case "unvoiced":
      return ["", line.text];
    default:
      return [line.text, ""];
  }
};
