/** What the two halves of the plugin say to each other: they run in two threads of one process. */

const CHANNEL = "aidevops-voice";

/** What the terminal shows; no session on the home screen. */
export interface Screen {
  name: string;
  session: string | null;
  directory: string;
}

export type Message =
  /** The server half came up and wants to know the screen. */
  | { kind: "server" }
  /** The terminal shows something else. */
  | { kind: "screen"; screen: Screen }
  /** The terminal half was switched off. */
  | { kind: "closed" }
  /** The server half does not know this OpenCode; empty when it does not even tell its version. */
  | { kind: "strange"; version: string };

export interface Channel {
  send(message: Message): void;
  close(): void;
}

export function open(hear: (message: Message) => void): Channel {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: unknown) => hear((event as { data: Message }).data);
  // Neither half keeps OpenCode alive.
  (channel as { unref?: () => void }).unref?.();
  return { send: (message) => channel.postMessage(message), close: () => channel.close() };
}
