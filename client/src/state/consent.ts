import type { Pending } from "../words.ts";

const RISKS: Readonly<Record<string, string>> = {
  read: "only looks",
  write: "changes the project",
  outside: "outside the project",
  network: "talks to other machines",
  credentials: "reaches secrets",
  destructive: "may destroy",
};

/** What a card says about a request beside its text; empty where there is nothing to say. */
export interface Notice {
  /** Of the daemon; the card is coloured by it. */
  readonly risk: string;
  readonly label: string;
  readonly why: string;
  /** How words can allow it, where a yes is not enough. */
  readonly phrase: string;
  /** The seconds that are left; `now` and the deadline are seconds since 1970. */
  readonly left: string;
}

export const notice = (pending: Pending | null, now: number): Notice => {
  const risk = pending?.risk ?? "";
  const words = pending?.challenge.join(" ") ?? "";
  const by = pending?.answerBy ?? null;
  return {
    risk,
    label: RISKS[risk] ?? risk,
    why: pending?.why ? `because ${pending.why}` : "",
    phrase: words ? `To let it happen, say: ${words}` : pending?.clickOnly ? "Only a click lets it happen." : "",
    left: by === null ? "" : `denied in ${Math.max(0, Math.ceil(by - now))} s`,
  };
};
