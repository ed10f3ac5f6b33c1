/** Which key means what, here and now. */
import type { Decision } from "../words.ts";

export interface Press {
  readonly key: string;
  readonly repeat: boolean;
  /** Ctrl, Alt or Meta is held. */
  readonly modified: boolean;
  /** Where the focus is: in a text field, on a button or link, or nowhere in particular. */
  readonly where: "text" | "control" | "page";
}

export interface Moment {
  /** The request that keys answer, if any. */
  readonly ask: {
    readonly id: string;
    readonly kind: "permission" | "question";
    readonly ageMs: number;
    readonly always: boolean;
    readonly busy: boolean;
  } | null;
  readonly draftAgeMs: number | null;
  readonly voiceOn: boolean;
  readonly muted: boolean;
}

export type Intent =
  | { readonly do: "hush" | "mute" | "talk" | "repeat" | "focus" | "places" | "send_draft" | "confirm" }
  | { readonly do: "reply"; readonly id: string; readonly reply: Decision }
  | { readonly do: "option"; readonly id: string; readonly index: number };

/** A key pressed while a card jumps in was meant for something else. */
export const GUARD_MS = 500;

const REPLIES: Readonly<Record<string, Decision>> = { y: "allow", a: "always", n: "deny" };

const reply = (key: string, ask: NonNullable<Moment["ask"]>): Intent | null => {
  const decision = REPLIES[key];
  if (decision === undefined || ask.kind !== "permission" || ask.busy) return null;
  if (ask.ageMs < GUARD_MS || (decision === "always" && !ask.always)) return null;
  return { do: "reply", id: ask.id, reply: decision };
};

const option = (key: string, ask: NonNullable<Moment["ask"]>): Intent | null => {
  if (!/^[1-9]$/.test(key) || ask.kind !== "question" || ask.busy || ask.ageMs < GUARD_MS) return null;
  return { do: "option", id: ask.id, index: Number(key) - 1 };
};

const enter = (press: Press, moment: Moment): Intent | null => {
  if (press.where !== "page") return null;
  if (moment.draftAgeMs !== null) return moment.draftAgeMs < GUARD_MS ? null : { do: "send_draft" };
  return moment.ask?.kind === "question" && moment.ask.ageMs >= GUARD_MS ? { do: "confirm" } : null;
};

const letter = (press: Press, moment: Moment): Intent | null => {
  const key = press.key.toLowerCase();
  switch (key) {
    case "m":
      return moment.voiceOn ? { do: "mute" } : null;
    case "r":
      return { do: "repeat" };
    case "s":
      return { do: "places" };
    case "/":
      return { do: "focus" };
    default:
      return moment.ask && (reply(key, moment.ask) ?? option(key, moment.ask));
  }
};

export const intent = (press: Press, moment: Moment): Intent | null => {
  if (press.modified || press.repeat) return null;
  if (press.key === "Escape") return { do: "hush" };
  if (press.where === "text") return null;
  if (press.key === "Enter") return enter(press, moment);
  if (press.key === " ") return press.where === "page" && moment.voiceOn && moment.muted ? { do: "talk" } : null;
  return letter(press, moment);
};
