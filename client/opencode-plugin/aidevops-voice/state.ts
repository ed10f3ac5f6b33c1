/** The folder that is shared with the daemon, and the card that says how this OpenCode is reached. */

import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Screen } from "./halves.ts";

/** The daemon's own rule: `$AIDEVOPS_VOICE_HOME`, else the XDG state folder; a relative XDG path does not count. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment["AIDEVOPS_VOICE_HOME"]) return environment["AIDEVOPS_VOICE_HOME"];
  const base = environment["XDG_STATE_HOME"] ?? "";
  return join(isAbsolute(base) ? base : join(homedir(), ".local", "state"), "aidevops-voice");
}

export interface Card {
  pid: number;
  directory: string;
  url: string;
  token: string;
  version: string;
  session: string | null;
  screen: Screen["name"];
}

const NAME = `${process.pid}.json`;

/** Replace this process's card in one step, mode 0600; throws where the folder is not the user's own. */
export function writeCard(card: Card): void {
  const folder = cards();
  const fresh = join(folder, `.${NAME}.${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(fresh, JSON.stringify(card), { mode: 0o600, flag: "wx" });
    renameSync(fresh, join(folder, NAME));
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

export function removeCard(): void {
  rmSync(join(stateFolder(), "tuis", NAME), { force: true });
}

/** Throw away the cards of processes that were killed. */
export function sweep(): void {
  const folder = cards();
  for (const name of readdirSync(folder)) {
    const pid = /^\.?([0-9]+)\.json/.exec(name)?.[1];
    if (pid && !lives(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function cards(): string {
  // The daemon makes the upper one private when it starts; until then it must not be for others to write.
  return own(join(own(stateFolder(), 0o022), "tuis"), 0o077);
}

function own(folder: string, forbidden: number): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || found.mode & forbidden) throw new Error("not private");
  return folder;
}
