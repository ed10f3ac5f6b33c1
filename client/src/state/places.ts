/** The sessions of this daemon, as the user tells them apart. */
import type { Session, Status } from "../words.ts";

export interface Place {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** What is said and typed goes there. */
  readonly here: boolean;
  readonly needsYou: boolean;
}

const STATES: Readonly<Record<string, string>> = { needs_you: "needs you", lost: "agent away", failed: "agent away" };

const folder = (project: string): string => project.split("/").filter(Boolean).at(-1) ?? "";

const named = (session: Session, all: readonly Session[]): string => {
  const title = session.title || "New session";
  return all.some((each) => each.project !== session.project) ? `${folder(session.project)}: ${title}` : title;
};

/** None while there is nothing to choose from. */
export const places = (status: Status | null): readonly Place[] => {
  const all = status?.sessions ?? [];
  if (all.length < 2) return [];
  return all.map((session, at) => ({
    key: session.id || `new:${at}`,
    id: session.id,
    name: named(session, all),
    state: STATES[session.agentState] ?? session.agentState,
    here: session.focus,
    needsYou: session.agentState === "needs_you",
  }));
};

/** The name of another session than the one in focus; empty for this one, and for one that is not known. */
export const elsewhere = (status: Status | null, session: string): string =>
  places(status).find((place) => place.id === session && !place.here)?.name ?? "";

/** Where a single key leads: to the first that needs the user, else to the next one. */
export const nextPlace = (all: readonly Place[]): Place | null => {
  const here = all.findIndex((place) => place.here);
  const others = [...all.slice(here + 1), ...all.slice(0, Math.max(0, here))];
  return others.find((place) => place.needsYou) ?? others[0] ?? null;
};
