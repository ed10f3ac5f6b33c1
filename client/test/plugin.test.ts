/** Both halves of the OpenCode plugin in one process, without OpenCode: its API is played, the daemon is a server. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import type { KeyContext, ServerInput, Toast, TuiApi } from "../opencode-plugin/aidevops-voice/opencode.ts";
import { AidevopsVoice } from "../opencode-plugin/aidevops-voice/server.ts";
import plugin from "../opencode-plugin/aidevops-voice/tui.ts";

const home = mkdtempSync(join(tmpdir(), "plugin-"));
process.env["AIDEVOPS_VOICE_HOME"] = home;
const cards = join(home, "tuis");
after(() => rmSync(home, { recursive: true }));
beforeEach(() => rmSync(join(home, "daemon.json"), { force: true }));

async function until(seen: () => unknown): Promise<void> {
  while (!seen()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A terminal on the home screen of this folder: what it was shown, and what is typed into it. */
class Screen {
  readonly toasts: string[] = [];
  readonly lists: string[] = [];
  text = "";
  private key: (context: KeyContext) => void = () => undefined;
  private end: () => void = () => undefined;

  constructor(directory = "/project") {
    const screen = this;
    const api: TuiApi = {
      route: { current: { name: "home" } },
      state: { path: { directory } },
      theme: { current: { textMuted: "" } },
      renderer: {
        currentFocusedEditor: {
          get plainText() {
            return screen.text;
          },
          setText: (text) => (screen.text = text),
        },
      },
      keymap: {
        registerLayer: () => () => undefined,
        intercept: (_, on) => {
          this.key = on;
          return () => (this.key = () => undefined);
        },
      },
      ui: {
        toast: (toast: Toast) => this.toasts.push(toast.message),
        dialog: { replace: (render) => render(), clear: () => undefined },
        DialogSelect: (props) => this.lists.push(props.options.map((each) => each.value).join(" ")),
      },
      lifecycle: {
        onDispose: (end) => {
          this.end = end;
          return end;
        },
      },
    };
    void plugin.tui(api);
  }

  /** Whether OpenCode never sees the line. */
  enter(text: string): boolean {
    this.text = text;
    let consumed = false;
    this.key({ event: { name: "return" }, consume: () => (consumed = true) });
    return consumed;
  }

  async shows(text: string): Promise<void> {
    await until(() => this.toasts.some((toast) => toast.includes(text)));
  }

  close(): void {
    this.end();
  }
}

function input(version: string | undefined): ServerInput {
  const health = async () => Response.json({ healthy: true, version });
  const getConfig = () => ({ baseUrl: "http://opencode.internal", fetch: health });
  return { client: version === undefined ? {} : { _client: { getConfig } }, directory: "/project" };
}

for (const version of ["1.18.33", "1.18.0", "1.19.2", "1.100.0"]) {
  test(`OpenCode ${version} can be joined`, async () => {
    const screen = new Screen();
    const { dispose } = await AidevopsVoice(input(version));
    const card = join(cards, `${process.pid}.json`);
    await until(() => readdirSync(home).includes("tuis") && readdirSync(cards).length);
    const told = JSON.parse(readFileSync(card, "utf8")) as Record<string, unknown>;
    assert.equal(statSync(card).mode & 0o777, 0o600);
    assert.deepEqual([told["version"], told["directory"], told["session"]], [version, "/project", null]);
    assert.equal((await fetch(`${String(told["url"])}/session`)).status, 401);
    await dispose();
    assert.deepEqual(readdirSync(cards), []);
    assert.deepEqual(screen.toasts, []);
    screen.close();
  });
}

for (const version of ["1.17.9", "1.2.0", "0.18.1", "2.0.0", "11.18.0", "", undefined]) {
  test(`OpenCode ${version ?? "without the way in"} is not joined, and that is said once`, async () => {
    const screen = new Screen();
    const { dispose } = await AidevopsVoice(input(version));
    await screen.shows(`1.18 and later 1.x, this is ${version || "another one"}.`);
    await dispose();
    const again = await AidevopsVoice(input(version));
    await again.dispose();
    assert.equal(screen.toasts.length, 1);
    assert.equal(readdirSync(home).includes("tuis") ? readdirSync(cards).length : 0, 0);
    screen.close();
  });
}

test("/voice is never sent to the model, and other words are", async () => {
  const screen = new Screen();
  for (const line of ["/voice", " /voice", "/voiceover on", "/voice\nsay it", "say /voice stop"]) {
    assert.equal(screen.enter(line), line === "/voice", line);
  }
  assert.deepEqual(screen.lists, ["start stop mute status"]);
  for (const line of ["/voice status", "/VOICE  Status ", "/voice mute"]) {
    screen.toasts.length = 0;
    assert.ok(screen.enter(line), line);
    assert.equal(screen.text, "");
    await screen.shows("Not running. Start it with: /voice start");
  }
  for (const line of ["/voice sing", "/voice stop it now", "/voice constructor"]) {
    screen.toasts.length = 0;
    assert.ok(screen.enter(line), line);
    await screen.shows("/voice knows start, stop, mute, status.");
  }
  screen.close();
  assert.equal(screen.enter("/voice"), false, "a terminal half that was switched off takes nothing");
});

/** A daemon that knows one token. */
async function daemon(token: string, project: string): Promise<Server> {
  const server = createServer((request, response) => {
    const status = { state: "ready", project, agent_state: "idle", clients: 1, pending: [] };
    response.statusCode = request.headers.authorization === `Bearer ${token}` ? 200 : 401;
    response.end(request.url === "/api/status" ? JSON.stringify(status) : "{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(home, "daemon.json"), JSON.stringify({ url: `http://127.0.0.1:${port}`, token }));
  return server;
}

test("a daemon is found again at another port with another token, and its end is seen", async () => {
  const screen = new Screen();
  const status = async (text: string) => {
    screen.toasts.length = 0;
    screen.enter("/voice status");
    await screen.shows(text);
  };
  const first = await daemon("one", "/first");
  await status("ready, agent idle, somebody listens. /first");
  first.close();
  first.closeAllConnections();
  await status("Not running");
  const second = await daemon("two", "/second");
  await status("/second");
  writeFileSync(join(home, "daemon.json"), '{"url": "http://127.0.0.1:1", "token"');
  await status("Not running");
  const stale = (second.address() as AddressInfo).port;
  writeFileSync(join(home, "daemon.json"), JSON.stringify({ url: `http://127.0.0.1:${stale}`, token: "one" }));
  await status("Not running");
  second.close();
  second.closeAllConnections();
  screen.close();
});
