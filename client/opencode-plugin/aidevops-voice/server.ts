/** The server half: opens the bridge when a terminal shows this process's sessions, and keeps its card up to date. */

import { openBridge, type Bridge, type Call } from "./bridge.ts";
import { open, type Channel, type Message, type Screen } from "./halves.ts";
import type { ClientConfig, Hooks, ServerInput } from "./opencode.ts";
import { removeCard, sweep, writeCard } from "./state.ts";

const HEALTH_MS = 5000;
/** 1.18 and later 1.x; OpenCode 2 is another API. */
const KNOWN = /^1\.(1[89]|[2-9]\d|\d{3,})\./;

/** One for the process, however many folders it serves and however often the plugin is installed. */
class Hub {
  private readonly members = new Map<ServerInput, ClientConfig>();
  private channel: Channel | undefined;
  private bridge: Bridge | undefined;
  private opening = false;
  private screen: Screen | undefined;
  private version = "";

  join(input: ServerInput): void {
    this.members.set(input, input.client._client?.getConfig?.() ?? {});
    this.channel ??= open((message) => this.hear(message));
    this.channel.send({ kind: "server" });
  }

  leave(input: ServerInput): void {
    this.members.delete(input);
    if (this.members.size) return;
    this.channel?.close();
    this.channel = undefined;
    this.close();
  }

  private hear(message: Message): void {
    if (message.kind === "screen") {
      this.screen = message.screen;
      this.publish().catch(() => this.close());
    } else if (message.kind === "closed") {
      this.close();
    }
  }

  private close(): void {
    const bridge = this.bridge;
    this.bridge = this.screen = undefined;
    bridge?.close();
    if (bridge) removeCard();
  }

  private async publish(): Promise<void> {
    if (!this.bridge && !this.opening) {
      this.opening = true;
      try {
        await this.open();
      } finally {
        this.opening = false;
      }
    }
    if (!this.bridge || !this.screen) return;
    const { url, token } = this.bridge;
    const { name, session, directory } = this.screen;
    writeCard({ pid: process.pid, directory, url, token, version: this.version, session, screen: name });
  }

  private async open(): Promise<void> {
    this.version = await version(this.call());
    if (!KNOWN.test(this.version)) return this.channel?.send({ kind: "strange", version: this.version });
    sweep();
    const bridge = await openBridge(() => this.call());
    if (this.screen && this.members.size) this.bridge = bridge;
    else bridge.close();
  }

  /** Into the server in this process, as the instance of the folder on the screen where there is one. */
  private call(): Call | undefined {
    const members = [...this.members];
    const config = (members.find(([input]) => input.directory === this.screen?.directory) ?? members[0])?.[1];
    const ask = config?.fetch;
    if (!config?.baseUrl || !ask) return undefined;
    return (path, init) => {
      const headers = new Headers(config.headers);
      // Who names a folder in the address means that one.
      if (/[?&]directory=/.test(path)) headers.delete("x-opencode-directory");
      for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
      return ask(new Request(config.baseUrl + path, { ...init, headers }));
    };
  }
}

async function version(call: Call | undefined): Promise<string> {
  const answer = await call?.("/global/health", { signal: AbortSignal.timeout(HEALTH_MS) });
  const health = answer?.ok ? ((await answer.json()) as { version?: unknown }) : {};
  return String(health.version ?? "");
}

function hub(): Hub {
  const shared = globalThis as { [key: symbol]: unknown };
  return (shared[Symbol.for("aidevops-voice")] ??= new Hub()) as Hub;
}

export async function AidevopsVoice(input: ServerInput): Promise<Hooks> {
  quietly(() => hub().join(input));
  return {
    "shell.env": async (_, output) => {
      output.env["OPENCODE_SERVER_PASSWORD"] = "";
    },
    dispose: async () => quietly(() => hub().leave(input)),
  };
}

/** Whatever goes wrong here must not reach OpenCode. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}
