/** Joins the three parts that do not know each other: transport, state and page. */
import { announcer } from "./dom/announce.ts";
import { cardStack } from "./dom/cards.ts";
import { conversation } from "./dom/conversation.ts";
import { dock } from "./dom/dock.ts";
import { part } from "./dom/element.ts";
import { frame, panes } from "./dom/frame.ts";
import type { Intents } from "./dom/intents.ts";
import { keyboard } from "./dom/keyboard.ts";
import { placeList } from "./dom/places.ts";
import { workPane } from "./dom/work.ts";
import { intent, type Intent, type Moment, type Press } from "./state/keys.ts";
import { micView } from "./state/mic.ts";
import { activeCard, FIRST, reduce, workHere, type Change, type Microphone, type Page, type Voice } from "./state/page.ts";
import { Awake } from "./transport/awake.ts";
import { Link, type LinkNews } from "./transport/link.ts";
import * as server from "./transport/server.ts";
import type { FeedEvent, Level, Trouble } from "./words.ts";

let page: Page = FIRST;
let active = { key: "", since: 0 };
let drawing = false;
let leaving = false;

const change = (next: Change): void => {
  page = reduce(page, next);
  const key = activeCard(page)?.key ?? "";
  if (key !== active.key) active = { key, since: performance.now() };
  if (drawing) return;
  drawing = true;
  // A hidden page gets no frames, but must not fall behind without bound.
  if (document.hidden) setTimeout(draw, 250);
  else requestAnimationFrame(draw);
};

const voice = (now: Partial<Voice>): void => change({ type: "voice", change: now });
const remark = (trouble: Trouble, level: Level = "error"): void =>
  change({ type: "remark", remark: { ...trouble, key: `page:${trouble.code}`, level } });

/** Asks the daemon for something; a refusal is shown with its cure. */
const wish = async (asked: Promise<void>): Promise<server.ServerError | null> => {
  try {
    await asked;
    return null;
  } catch (error) {
    if (!(error instanceof server.ServerError)) throw error;
    if (error.status === 401) link.useTicket("");
    remark(error.trouble);
    return error;
  }
};

const MICROPHONE_TROUBLE: Readonly<Partial<Record<Microphone, Trouble>>> = {
  refused: {
    code: "page.mic_refused",
    message: "The browser does not give the microphone to this page.",
    cure: "Allow it beside the address bar, then press the microphone again. Until then you hear answers and can type.",
  },
  absent: {
    code: "page.mic_absent",
    message: "There is no microphone.",
    cure: "Plug one in and press the microphone again. Until then you hear answers and can type.",
  },
  busy: {
    code: "page.mic_busy",
    message: "Another program holds the microphone.",
    cure: "Close that program, then press the microphone again.",
  },
};

const botAudio = part("bot-audio") as HTMLAudioElement;

const playBot = (track: MediaStreamTrack): void => {
  botAudio.srcObject = new MediaStream([track]);
  botAudio.play().catch((error: unknown) => {
    if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
    remark({ code: "page.autoplay", message: "The browser holds the sound back.", cure: "Click anywhere on the page." });
    document.addEventListener("click", () => void botAudio.play(), { once: true });
  });
};

const news: LinkNews = {
  live: (status) => {
    change({ type: "link", link: "live" });
    change({ type: "status", status });
    followMode();
  },
  lost: () => change({ type: "link", link: "lost" }),
  locked: (why) => change({ type: "link", link: "locked", why }),
  booted: (bootId) => change({ type: "booted", bootId }),
  told: (event) => {
    change({ type: "feed", event, at: performance.now() });
    if (event.type === "state") followMode();
    farewell(event);
  },
  trouble: (trouble) => remark(trouble),
  call: (phase) => {
    voice({ phase, wanted: phase !== "off" });
    awake.want(phase !== "off");
    if (phase === "off") botAudio.srcObject = null;
  },
  microphone: (microphone) => {
    voice({ microphone });
    const trouble = MICROPHONE_TROUBLE[microphone];
    if (trouble) remark(trouble, "warning");
    else for (const each of Object.values(MICROPHONE_TROUBLE)) change({ type: "remark_away", key: `page:${each.code}` });
  },
  voice: playBot,
  userSpeaking: (userSpeaking) => voice({ userSpeaking }),
  botSpeaking: (botSpeaking) => voice({ botSpeaking }),
};

/** After a spoken goodbye the voice goes off, once the farewell was said. */
const farewell = (event: FeedEvent): void => {
  if (page.voice.phase !== "on") leaving = false;
  else if (event.type === "heard" && event.state === "command" && event.command === "goodbye") leaving = true;
  else if (leaving && event.type === "spoken" && event.state !== "queued" && event.state !== "begun") link.want(false);
};

/** Push-to-talk begins muted; another way of listening lets the microphone go again. */
const followMode = (): void => {
  const push = page.status?.listening.mode === "push";
  if (push === page.voice.push || !page.status) return;
  voice({ push });
  setMuted(push);
};

const takeTicket = (): string => {
  const ticket = new URLSearchParams(location.hash.slice(1)).get("ticket") ?? "";
  if (ticket) history.replaceState(null, "", location.pathname);
  return ticket;
};

const awake = new Awake();
const link = new Link(news, takeTicket());

const setMuted = (muted: boolean): void => {
  voice({ muted, holding: false });
  link.listen(!muted);
};

const hold = (holding: boolean): void => {
  if (holding === page.voice.holding || !page.voice.muted) return;
  voice({ holding });
  link.listen(holding);
};

const pressMicrophone = (): void => {
  if (page.voice.push && page.voice.phase === "on" && page.voice.microphone === "ok") return;
  if (!page.voice.wanted) return link.want(true);
  if (page.voice.phase === "on" && page.voice.microphone !== "ok") return link.renew();
  if (page.voice.phase === "on" && page.voice.muted) return setMuted(false);
  if (micView(page).word === "asleep") return void wish(server.ask("wake up"));
  link.want(false);
};

const hush = (): void => {
  change({ type: "draft_away" });
  void wish(server.hush());
};

const answer: Intents["answer"] = async (id, given) => {
  change({ type: "answering", id, reply: given.reply });
  const error = await wish(server.answer(id, given));
  if (error?.status === 404 || error?.status === 409) change({ type: "card_away", id });
  else if (error) change({ type: "answering", id, reply: null });
};

const intents: Intents = {
  pressMicrophone,
  mute: () => (page.voice.push ? link.want(false) : setMuted(!page.voice.muted)),
  hold: (holding) => {
    if (!page.voice.push || page.voice.phase !== "on" || page.voice.microphone !== "ok") return false;
    hold(holding);
    return true;
  },
  hush,
  repeat: () => void wish(server.ask("repeat")),
  stopAgent: () => void wish(server.stopAgent()),
  say: async (words) => (await wish(server.ask(words))) === null,
  dropDraft: () => change({ type: "draft_away" }),
  answer,
  putAway: (key) => change({ type: "remark_away", key }),
  goTo: (session) => void wish(server.focus(session)),
};

const showFrame = frame(intents);
const showLines = conversation();
const showWork = workPane();
const cards = cardStack(intents);
const sessions = placeList(intents);
const controls = dock(intents);
const announce = announcer();
panes();

function draw(): void {
  drawing = false;
  const mic = micView(page);
  showFrame(page);
  showLines(page.lines);
  showWork(workHere(page));
  sessions.show(page);
  cards.show(page);
  controls.show(page, mic);
  announce(page, mic);
}

const moment = (): Moment => {
  const now = performance.now();
  const card = activeCard(page);
  const ask = card && {
    id: card.ask.id,
    kind: card.ask.kind,
    ageMs: now - active.since,
    always: card.ask.always.length > 0,
    busy: card.answering !== null,
  };
  const draftAgeMs = page.draft && now - page.draft.at;
  return { ask, draftAgeMs, voiceOn: page.voice.phase === "on", muted: page.voice.muted };
};

const act = (wanted: Intent): void => {
  switch (wanted.do) {
    case "hush":
      return hush();
    case "mute":
      return intents.mute();
    case "talk":
      return hold(true);
    case "repeat":
      return intents.repeat();
    case "focus":
      return controls.focusText();
    case "places":
      return sessions.focus();
    case "send_draft":
      return controls.sendDraft();
    case "confirm": {
      const card = activeCard(page);
      return card ? cards.confirm(card.ask.id) : undefined;
    }
    case "reply":
      return intents.answer(wanted.id, { reply: wanted.reply });
    case "option":
      return cards.choose(wanted.id, wanted.index);
  }
};

const pressed = (press: Press): boolean => {
  const wanted = intent(press, moment());
  if (wanted) act(wanted);
  return wanted !== null;
};

keyboard(pressed, () => hold(false));
window.addEventListener("hashchange", () => {
  const ticket = takeTicket();
  if (ticket) link.useTicket(ticket);
});
document.addEventListener("visibilitychange", () => void awake.take());
setInterval(() => controls.level(page.voice.phase === "on" ? link.level() : 0), 100);
link.start();
draw();
