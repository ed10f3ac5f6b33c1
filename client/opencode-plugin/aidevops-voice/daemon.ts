/** The daemon as seen from OpenCode: what it says of itself, and its command line. */

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { stateFolder } from "./state.ts";

const ANSWER_MS = 2000;
const MOST_BYTES = 256 * 1024;

export interface Settings {
  /** The command line; on PATH unless named. */
  program: string[];
  /** Start the daemon with OpenCode. */
  autostart: boolean;
}

export interface Status {
  state: string;
  /** The folder that is talked about now, and all that are served. */
  project: string;
  projects?: string[];
  session: string | null;
  agent_state: string;
  clients: number;
  pending: { id: string; title?: string; session?: string }[];
}

/** What stands beside the plugin; a file that cannot be read is one without wishes. */
export function settings(): Settings {
  const wanted = readJson(join(import.meta.dirname, "settings.json")) as Partial<Settings> | undefined;
  return { program: program(wanted?.program), autostart: wanted?.autostart === true };
}

/** A project's copy may have come from another machine, where the program lies elsewhere. */
function program(wanted: unknown): string[] {
  const words = Array.isArray(wanted) ? wanted.filter((word): word is string => typeof word === "string") : [];
  return words[0] && existsSync(words[0]) ? words : ["aidevops-voice"];
}

/** Undefined while no daemon answers; not by `fetch`, which would ask a proxy for a loopback address. */
export async function ask(method: string, path: string): Promise<unknown> {
  const found = readJson(join(stateFolder(), "daemon.json")) as { url?: unknown; token?: unknown } | undefined;
  if (typeof found?.url !== "string" || typeof found.token !== "string") return undefined;
  const headers = { authorization: `Bearer ${found.token}`, "content-type": "application/json" };
  return await answer(found.url + path, method, headers).catch(() => undefined);
}

function answer(url: string, method: string, headers: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, timeout: ANSWER_MS }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
        if (text.length > MOST_BYTES) response.destroy(new Error("too long"));
      });
      response.on("error", reject);
      response.on("end", () => resolve(response.statusCode && response.statusCode < 300 ? parsed(text) : undefined));
    });
    sent.on("timeout", () => sent.destroy(new Error("too late")));
    sent.on("error", reject);
    sent.end(method === "POST" ? "{}" : undefined);
  });
}

export interface Printed {
  message?: string;
  cure?: string;
  stopped?: boolean;
}

/** What a command of ours printed as JSON: its result, or `{code, message, cure}`; it outlives OpenCode. */
export function run(program: string[], words: string[]): Promise<Printed | undefined> {
  const [name = "", ...first] = program;
  return new Promise((resolve) => {
    let text = "";
    const child = spawn(name, [...first, ...words, "--json"], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
    child.unref();
    child.on("error", () => resolve({ message: `${name} cannot be run.`, cure: "Run: aidevops-voice plugin install" }));
    child.stdout.setEncoding("utf8").on("data", (piece: string) => (text = (text + piece).slice(-MOST_BYTES)));
    child.on("close", () => resolve(parsed(text) as Printed | undefined));
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** An empty answer counts as done. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return undefined;
  }
}
