/** One polite live region for state and requests; never for what is already heard. */
import type { MicView, MicWord } from "../state/mic.ts";
import { remarks, type Page } from "../state/page.ts";
import { part } from "./element.ts";

/** The others change with every breath, and the ear follows them anyway. */
const TOLD: ReadonlySet<MicWord> = new Set(["off", "connecting", "listening", "muted", "push", "asleep", "no-microphone", "reconnecting"]);

export const announcer = (): ((page: Page, mic: MicView) => void) => {
  const region = part("live");
  let state: MicWord | null = null;
  const told = new Set<string>();
  const say = (words: string): void => {
    region.textContent = words;
  };
  const sayOnce = (key: string, words: string): void => {
    if (told.has(key)) return;
    told.add(key);
    say(words);
  };
  return (page, mic) => {
    if (TOLD.has(mic.word) && mic.word !== state) {
      state = mic.word;
      say(`${mic.label}. ${mic.hint}.`);
    }
    for (const remark of remarks(page)) sayOnce(`remark:${remark.key}`, `${remark.message} ${remark.cure}`);
    for (const { ask, key } of page.cards) {
      const how = ask.kind === "permission" ? "Y allows it once, N denies." : "Number keys choose.";
      sayOnce(key, `The agent needs you: ${(ask.title || ask.command || ask.path).replace(/\.$/, "")}. ${how}`);
    }
    if (page.draft) sayOnce(page.draft.key, `I heard: ${page.draft.text}. Enter sends it, Escape drops it.`);
  };
};
