/** The terminal half: tells what is on the screen, offers `/voice`, says when the voice needs somebody. */

import { basename } from "node:path";
import { Badge } from "./badge.ts";
import { ask, run, settings, type Printed, type Settings, type Status } from "./daemon.ts";
import { open, type Message, type Screen } from "./halves.ts";
import type { Toast, TuiApi } from "./opencode.ts";

const LOOK_MS = 200;
const ASK_MS = 3000;
const TITLE = "Voice";

const VERBS: Record<string, string> = {
  start: "Start the voice for this folder and open its page",
  stop: "Stop the voice; the agent goes on",
  mute: "Be quiet about what is being said",
  status: "What the voice is doing",
};

/** Caught before it is sent: OpenCode would make a prompt of a command with a word behind it. */
const TYPED = /^\/voice(?:[ \t]+([^\n]+?))?\s*$/i;

class Terminal {
  private readonly channel = open((message) => this.hear(message));
  private readonly wishes: Settings = settings();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly undo: (() => void)[] = [];
  private told = "";
  private asking = false;
  private waiting: string[] = [];
  private alive = false;
  private warned = false;
  private readonly badge = new Badge();

  private readonly api: TuiApi;

  constructor(api: TuiApi) {
    this.api = api;
    this.every(LOOK_MS, () => this.tell(false));
    this.every(ASK_MS, () => later(this.watch()));
    const words = { name: "aidevops.voice", title: TITLE, desc: "Talk to the agent", category: TITLE };
    const command = { ...words, namespace: "palette" as const, slashName: "voice", run: () => this.offer() };
    this.undo.push(api.keymap.registerLayer({ commands: [command] }));
    this.undo.push(
      api.keymap.intercept("key", (key) => {
        if (key.event?.name === "return" && this.take()) key.consume();
      }),
    );
    later(this.badge.hang(api));
    if (this.wishes.autostart) later(this.start(["--no-open"]));
  }

  close(): void {
    this.timers.forEach((timer) => clearInterval(timer));
    this.undo.forEach((undo) => undo());
    this.channel.send({ kind: "closed" });
    this.channel.close();
  }

  private every(ms: number, act: () => void): void {
    const timer = setInterval(() => quietly(act), ms);
    timer.unref?.();
    this.timers.push(timer);
  }

  private hear(message: Message): void {
    if (message.kind === "server") this.tell(true);
    if (message.kind !== "strange" || this.warned) return;
    this.warned = true;
    const which = message.version || "another one";
    this.say("warning", `The voice cannot follow this screen: it knows OpenCode 1.18 and later 1.x, this is ${which}.`);
  }

  // --- what is on the screen

  private tell(again: boolean): void {
    const screen = this.screen();
    const words = JSON.stringify(screen);
    if (!screen.directory || (words === this.told && !again)) return;
    this.told = words;
    this.channel.send({ kind: "screen", screen });
  }

  private screen(): Screen {
    const { name, params } = this.api.route.current;
    const session = name === "session" && typeof params?.sessionID === "string" ? params.sessionID : null;
    return { name, session, directory: this.api.state.path.directory };
  }

  // --- /voice

  private take(): boolean {
    const editor = this.api.renderer.currentFocusedEditor;
    const typed = TYPED.exec(editor?.plainText ?? "");
    if (!editor || !typed) return false;
    editor.setText("");
    if (typed[1]) later(this.act(typed[1].toLowerCase()));
    else this.offer();
    return true;
  }

  private offer(): void {
    const { ui } = this.api;
    const options = Object.entries(VERBS).map(([value, description]) => ({ title: value, value, description }));
    const onSelect = (choice: { value: string }) => {
      ui.dialog.clear();
      later(this.act(choice.value));
    };
    ui.dialog.replace(() => ui.DialogSelect({ title: TITLE, options, onSelect }));
  }

  private async act(word: string): Promise<void> {
    if (word === "start") return this.start([]);
    if (word === "stop") return this.stop();
    if (word !== "mute" && word !== "status") {
      return this.say("warning", `/voice knows ${Object.keys(VERBS).join(", ")}.`);
    }
    if (word === "mute") await ask("POST", "/api/hush");
    const status = await this.status();
    if (!status) return this.say("info", "Not running. Start it with: /voice start");
    this.say("info", word === "mute" ? "Quiet until there is something new." : described(status));
  }

  private async start(words: string[]): Promise<void> {
    const silent = words.length > 0;
    if (!silent) this.say("info", "Starting …");
    const { directory } = this.api.state.path;
    const result = await run(this.wishes.program, ["start", "--project", directory || process.cwd(), ...words]);
    if (!result || result.message) this.complain(result);
    else if (!silent) this.say("success", "Running. Its page opens in the browser; again with: aidevops-voice open");
  }

  private async stop(): Promise<void> {
    const result = await run(this.wishes.program, ["stop"]);
    if (!result || result.message) this.complain(result);
    else this.say("info", result.stopped === false ? "It was not running." : "Stopped.");
  }

  private complain(told: Printed | undefined): void {
    this.say("error", `${told?.message ?? "That did not work."} ${told?.cure ?? ""}`.trim());
  }

  // --- news of the daemon

  /** Only what this terminal does not show itself: the session on the screen has its own dialogs. */
  private async watch(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const status = await this.status();
      const { directory } = this.api.state.path;
      const ours = status !== undefined && (status.projects ?? [status.project]).includes(directory);
      if (ours && !this.alive) this.say("success", described(status));
      if (!ours && this.alive) this.say("warning", "The voice has ended.");
      this.alive = ours;
      this.badge.show(ours ? brief(status, directory) : "");
      this.remind(ours ? status.pending : []);
    } finally {
      this.asking = false;
    }
  }

  private remind(pending: Status["pending"]): void {
    const shown = this.screen().session;
    const fresh = pending.filter((each) => !this.waiting.includes(each.id) && each.session !== shown);
    this.waiting = pending.map((each) => each.id);
    const [first] = fresh;
    if (first) this.say("warning", `The agent needs you: ${first.title ?? "see the page"}`);
  }

  private async status(): Promise<Status | undefined> {
    const found = (await ask("GET", "/api/status")) as Partial<Status> | undefined;
    return found?.state && Array.isArray(found.pending) ? (found as Status) : undefined;
  }

  private say(variant: Toast["variant"], message: string): void {
    quietly(() => this.api.ui.toast({ variant, title: TITLE, message }));
  }
}

function described(status: Status): string {
  const listeners = status.clients ? "somebody listens" : "nobody listens";
  const waits = status.pending.length ? `, ${status.pending.length} waiting for you` : "";
  return `${status.state}, agent ${status.agent_state}, ${listeners}${waits}. ${status.project}`;
}

function brief(status: Status, directory: string): string {
  if (status.project !== directory) return `voice is in ${basename(status.project)}`;
  const waits = status.pending.length ? "needs you" : status.agent_state;
  return `voice ${status.state === "ready" ? waits : status.state}${status.clients ? "" : ", nobody listens"}`;
}

/** Whatever goes wrong here must not reach OpenCode. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}

function later(work: Promise<void>): void {
  work.catch(() => undefined);
}

async function tui(api: TuiApi): Promise<void> {
  quietly(() => {
    const terminal = new Terminal(api);
    api.lifecycle.onDispose(() => quietly(() => terminal.close()));
  });
}

export default { id: "aidevops-voice", tui };
