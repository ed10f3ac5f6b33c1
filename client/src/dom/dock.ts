/** The microphone, what to do next, the guess that waits for a yes, and the text box. */
import type { Draft } from "../state/conversation.ts";
import type { MicView } from "../state/mic.ts";
import { workHere, type Page } from "../state/page.ts";
import { isWorking } from "../state/work.ts";
import { onClick, part, show, write } from "./element.ts";
import type { Intents } from "./intents.ts";

const field = (id: string): HTMLTextAreaElement => {
  const node = part(id);
  if (node instanceof HTMLTextAreaElement) return node;
  throw new Error(`#${id} is not a text area`);
};

const onEnter = (box: HTMLTextAreaElement, act: () => void): void =>
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    act();
  });

const MIC_LABELS = {
  on: "Turn the voice off",
  off: "Turn the voice on",
  muted: "Unmute",
  push: "Hold to talk",
  asleep: "Wake it",
  retry: "Try the microphone again",
} as const;

const micLabel = (page: Page, mic: MicView): string => {
  if (!page.voice.wanted) return MIC_LABELS.off;
  if (mic.word === "muted") return MIC_LABELS.muted;
  if (mic.word === "asleep" && !page.voice.push) return MIC_LABELS.asleep;
  if (page.voice.push && mic.word !== "no-microphone") return MIC_LABELS.push;
  return mic.word === "no-microphone" ? MIC_LABELS.retry : MIC_LABELS.on;
};

const microphone = (): ((page: Page, mic: MicView) => void) => {
  const button = part("mic");
  const words = part("voice-state");
  const hint = part("voice-hint");
  const mute = part("mute");
  return (page, mic) => {
    document.body.dataset["voice"] = mic.word;
    write(words, mic.label);
    write(hint, mic.hint);
    button.setAttribute("aria-label", micLabel(page, mic));
    button.title = micLabel(page, mic);
    mute.classList.toggle("on", page.voice.muted && !page.voice.push);
    mute.toggleAttribute("disabled", !page.voice.wanted);
    write(part("mute-words"), page.voice.push ? "Voice off" : page.voice.muted ? "Unmute" : "Mute");
    part("stop-agent").classList.toggle("live", isWorking(workHere(page)));
  };
};

/** Pressed by pointer or key until let go, wherever that is; a held key repeats itself. */
const onHold = (button: HTMLElement, hold: (holding: boolean) => boolean): void => {
  let held = false;
  const begin = (event: Event): void => {
    held = hold(true);
    if (held) event.preventDefault();
  };
  const end = (): void => {
    if (held) hold(false);
    held = false;
  };
  const keys = new Set([" ", "Enter"]);
  button.addEventListener("pointerdown", (event) => event.button === 0 && begin(event));
  button.addEventListener("contextmenu", (event) => held && event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (!keys.has(event.key)) return;
    if (held && event.repeat) event.preventDefault();
    else if (!event.repeat) begin(event);
  });
  button.addEventListener("keyup", (event) => keys.has(event.key) && end());
  button.addEventListener("blur", end);
  for (const over of ["pointerup", "pointercancel"]) window.addEventListener(over, end);
};

export interface DraftBox {
  show(draft: Draft | null): void;
  send(): void;
}

const GUESS_HINT = "Press Enter to send, Esc to drop, or say “send it”";
const EDITED_HINT = "Press Enter to send your version, Esc to drop";

const draftBox = (intents: Intents): DraftBox => {
  const host = part("draft");
  const box = field("draft-text");
  const hint = part("draft-hint");
  let shown: Draft | null = null;
  const send = (): void => {
    const words = box.value.trim();
    if (words) void intents.say(words).then((taken) => taken && intents.dropDraft());
  };
  box.addEventListener("input", () => write(hint, box.value === shown?.text ? GUESS_HINT : EDITED_HINT));
  onEnter(box, send);
  onClick(part("draft-send"), send);
  onClick(part("draft-drop"), () => intents.hush());
  return {
    show: (draft) => {
      if (draft === shown) return;
      shown = draft;
      show(host, draft !== null);
      box.value = draft?.text ?? "";
      write(hint, GUESS_HINT);
      if (draft === null && document.activeElement === box) box.blur();
    },
    send,
  };
};

const textBox = (intents: Intents): void => {
  const box = field("text-box");
  const send = async (): Promise<void> => {
    const words = box.value.trim();
    if (!words) return;
    box.value = "";
    if (!(await intents.say(words)) && !box.value) box.value = words;
  };
  onEnter(box, () => void send());
  onClick(part("send"), () => void send());
};

export interface Dock {
  show(page: Page, mic: MicView): void;
  focusText(): void;
  sendDraft(): void;
  /** Loudness of the microphone, 0 to 1. */
  level(loudness: number): void;
}

export const dock = (intents: Intents): Dock => {
  const showMicrophone = microphone();
  const draft = draftBox(intents);
  textBox(intents);
  onClick(part("mic"), intents.pressMicrophone);
  onHold(part("mic"), intents.hold);
  onClick(part("mute"), intents.mute);
  onClick(part("hush"), intents.hush);
  onClick(part("repeat"), intents.repeat);
  onClick(part("stop-agent"), intents.stopAgent);
  return {
    show: (page, mic) => {
      showMicrophone(page, mic);
      draft.show(page.draft);
    },
    focusText: () => field("text-box").focus(),
    sendDraft: draft.send,
    level: (loudness) => part("mic").style.setProperty("--level", loudness.toFixed(2)),
  };
};
