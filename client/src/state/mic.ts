/** The state of the microphone in one word and one line of what to do. */
import { activeCard, cardElsewhere, workHere, type Page } from "./page.ts";
import { isWorking, runningTools, type ToolItem } from "./work.ts";

export type MicWord =
  | "off" | "connecting" | "listening" | "hearing" | "working" | "speaking" | "muted" | "push" | "asleep"
  | "waiting" | "no-microphone" | "reconnecting";

export interface MicView {
  readonly word: MicWord;
  readonly label: string;
  readonly hint: string;
}

const LABELS: Readonly<Record<MicWord, string>> = {
  off: "Off",
  connecting: "Connecting",
  listening: "Listening",
  hearing: "Hearing you",
  working: "Working",
  speaking: "Speaking",
  muted: "Muted",
  push: "Hold to talk",
  asleep: "Asleep",
  waiting: "Holding on",
  "no-microphone": "No microphone",
  reconnecting: "Reconnecting",
};

const wordOf = (page: Page): MicWord => {
  const { voice } = page;
  if (page.link === "lost" || voice.phase === "reconnecting") return "reconnecting";
  if (voice.phase === "off") return "off";
  if (voice.phase === "connecting") return "connecting";
  const deaf = voice.microphone !== "ok";
  const muted = voice.muted && !voice.holding;
  const heed = page.status?.listening.state;
  if (voice.userSpeaking && !deaf && !muted && heed !== "asleep") return "hearing";
  if (voice.botSpeaking) return "speaking";
  if (deaf) return "no-microphone";
  if (muted && !voice.push) return "muted";
  if (heed === "asleep") return "asleep";
  if (muted) return "push";
  if (heed === "holding") return "waiting";
  return isWorking(workHere(page)) && !voice.holding ? "working" : "listening";
};

export const doing = (tool: ToolItem): string => tool.title || tool.command || [tool.tool, tool.path].join(" ").trim();

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

const workHint = (page: Page): string => {
  const tool = runningTools(workHere(page)).at(-1);
  return tool ? short(doing(tool).split("\n")[0] ?? "") : "Keep talking if you want to add something";
};

const CANNOT_HEAR: Readonly<Record<string, string>> = {
  refused: "The browser refuses it. You hear answers; type below",
  absent: "None was found. You hear answers; type below",
  busy: "Another program holds it. You hear answers; type below",
};

const wakeHint = (page: Page): string => {
  const phrase = `“${page.status?.listening.wakePhrase || "wake up"}”`;
  return page.voice.push ? `Hold the microphone and say ${phrase}` : `Say ${phrase}, or press the microphone`;
};

const hintOf = (page: Page, word: MicWord): string => {
  const waiting = activeCard(page) !== null;
  switch (word) {
    case "off":
      if (isWorking(workHere(page))) return "The agent works. Press the microphone to hear it";
      return "Press the microphone to talk, or type";
    case "connecting":
      return page.voice.microphone === "unknown" ? "Allow the microphone if the browser asks" : "One moment";
    case "hearing":
      return page.voice.holding ? "Let go when you are done" : "Pause when you are done";
    case "speaking":
      if (page.voice.muted || page.voice.microphone !== "ok") return "Esc stops the voice";
      return "Talk over it to interrupt";
    case "working":
      return waiting ? "It waits for your answer" : workHint(page);
    case "listening":
      if (page.voice.holding) return "Let go when you are done";
      if (page.draft) return "Say “send it”, or say it again";
      if (waiting) return "The agent needs your answer";
      return page.cards.some((card) => cardElsewhere(page, card)) ? "Another session needs you" : "Say what you want done";
    case "push":
      return "Hold the microphone, or Space, while you talk";
    case "asleep":
      return wakeHint(page);
    case "waiting":
      return "Take your time; it waits until you go on";
    case "muted":
      return "Hold Space to talk, M to unmute";
    case "no-microphone":
      return CANNOT_HEAR[page.voice.microphone] ?? "You hear answers; type below";
    case "reconnecting":
      return "The daemon is away; this page comes back by itself";
  }
};

export const micView = (page: Page): MicView => {
  const word = wordOf(page);
  return { word, label: LABELS[word], hint: hintOf(page, word) };
};
