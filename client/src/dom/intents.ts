/** What the user can want from the page; wired in `main.ts`. */
import type { Decision } from "../words.ts";

export interface Reply {
  readonly reply: Decision;
  readonly message?: string;
  readonly answers?: readonly (readonly string[])[];
}

export interface Intents {
  pressMicrophone(): void;
  mute(): void;
  /** Push-to-talk by the button; says whether that is how it works now. */
  hold(holding: boolean): boolean;
  hush(): void;
  repeat(): void;
  stopAgent(): void;
  /** Resolves to whether the daemon took it, so that a text which it did not take is kept. */
  say(text: string): Promise<boolean>;
  dropDraft(): void;
  answer(id: string, reply: Reply): void;
  putAway(key: string): void;
  /** Puts another session in focus. */
  goTo(session: string): void;
}
