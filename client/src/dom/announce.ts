/** One polite live region for state and requests; never for what is already heard. */
import type { MicView, MicWord } from "../state/mic.ts";
import { cardElsewhere, remarks, type Card, type Page } from "../state/page.ts";
import { places } from "../state/places.ts";
import { part } from "./element.ts";

/** The others change with every breath, and the ear follows them anyway. */
const TOLD: ReadonlySet<MicWord> = new Set(["off", "connecting", "listening", "muted", "push", "asleep", "no-microphone", "reconnecting"]);

const needs = (page: Page, card: Card): string => {
  const { ask } = card;
  const other = cardElsewhere(page, card);
  const keys = ask.kind === "permission" ? "Y allows it once, N denies." : "Number keys choose.";
  const what = (ask.title || ask.command || ask.path).replace(/\.$/, "");
  return `${other ? `Session ${other}` : "The agent"} needs you: ${what}. ${other ? "S leads to the sessions." : keys}`;
};

export const announcer = (): ((page: Page, mic: MicView) => void) => {
  const region = part("live");
  let state: MicWord | null = null;
  let here: string | null = null;
  const told = new Set<string>();
  const moved = (page: Page): string => {
    const place = places(page.status).find((each) => each.here);
    const before = here;
    if (place) here = place.key;
    // Where the voice is on, it says so itself.
    return place && before !== null && here !== before && page.voice.phase !== "on" ? `Now in ${place.name}.` : "";
  };
  const changed = (mic: MicView): string => {
    if (!TOLD.has(mic.word) || mic.word === state) return "";
    state = mic.word;
    return `${mic.label}. ${mic.hint}.`;
  };
  const once = (key: string, words: string): string => {
    if (told.has(key)) return "";
    told.add(key);
    return words;
  };
  return (page, mic) => {
    const words = [
      changed(mic),
      moved(page),
      ...remarks(page).map((remark) => once(`remark:${remark.key}`, `${remark.message} ${remark.cure}`)),
      ...page.cards.map((card) => once(`${card.key}:${cardElsewhere(page, card)}`, needs(page, card))),
      page.draft ? once(page.draft.key, `I heard: ${page.draft.text}. Enter sends it, Escape drops it.`) : "",
    ].filter(Boolean);
    if (words.length) region.textContent = words.join(" ");
  };
};
