/** The whole page as one value, and how each event changes it. */
import type { Ask, Decision, FeedEvent, Level, Pending, Status, Trouble, Turn } from "../words.ts";
import { draftAfter, hear, mark, speak, type Draft, type Line } from "./conversation.ts";
import { elsewhere } from "./places.ts";
import { abandon, agentDid, askClosed, NOTHING, turnChanged, turnIn, without, type Work } from "./work.ts";

export type Link = "opening" | "locked" | "live" | "lost";
export type Microphone = "unknown" | "ok" | "refused" | "absent" | "busy";

export interface Voice {
  readonly wanted: boolean;
  readonly phase: "off" | "connecting" | "on" | "reconnecting";
  readonly muted: boolean;
  /** Nothing is heard but while a key or the button is held. */
  readonly push: boolean;
  /** Space or the button is held down while muted. */
  readonly holding: boolean;
  readonly userSpeaking: boolean;
  readonly botSpeaking: boolean;
  readonly microphone: Microphone;
}

export interface Card {
  readonly key: string;
  readonly ask: Ask;
  /** Milliseconds of the page's clock. */
  readonly at: number;
  readonly answering: Decision | null;
  readonly pending: Pending | null;
}

export interface Remark extends Trouble {
  readonly key: string;
  readonly level: Level;
}

export interface Page {
  readonly link: Link;
  readonly lockedWhy: string;
  readonly bootId: string;
  /** Counts daemons seen, because each numbers its events and ids afresh. */
  readonly epoch: number;
  readonly seq: number;
  readonly status: Status | null;
  readonly voice: Voice;
  readonly lines: readonly Line[];
  readonly draft: Draft | null;
  /** Of each session by its id, in the order in which they were first told of. */
  readonly works: ReadonlyMap<string, Work>;
  readonly cards: readonly Card[];
  readonly remarks: readonly Remark[];
  /** Codes of lasting troubles that the user put away. */
  readonly putAway: ReadonlySet<string>;
  readonly replyMs: number | null;
}

export type Change =
  | { readonly type: "feed"; readonly event: FeedEvent; readonly at: number }
  | { readonly type: "link"; readonly link: Link; readonly why?: string }
  | { readonly type: "booted"; readonly bootId: string }
  | { readonly type: "status"; readonly status: Status }
  | { readonly type: "voice"; readonly change: Partial<Voice> }
  | { readonly type: "remark"; readonly remark: Remark }
  | { readonly type: "remark_away"; readonly key: string }
  | { readonly type: "draft_away" }
  | { readonly type: "answering"; readonly id: string; readonly reply: Decision | null }
  | { readonly type: "card_away"; readonly id: string };

const SILENT: Voice = {
  wanted: false,
  phase: "off",
  muted: false,
  push: false,
  holding: false,
  userSpeaking: false,
  botSpeaking: false,
  microphone: "unknown",
};

export const FIRST: Page = {
  link: "opening",
  lockedWhy: "",
  bootId: "",
  epoch: 0,
  seq: 0,
  status: null,
  voice: SILENT,
  lines: [],
  draft: null,
  works: new Map(),
  cards: [],
  remarks: [],
  putAway: new Set(),
  replyMs: null,
};

const REMARKS_KEPT = 6;

const withRemark = (page: Page, remark: Remark): Page => {
  const others = page.remarks.filter((each) => each.key !== remark.key);
  return { ...page, remarks: [...others, remark].slice(-REMARKS_KEPT) };
};

const withStatus = (page: Page, status: Status): Page => {
  const lasting = new Set(status.degraded.map((each) => each.code));
  const putAway = new Set([...page.putAway].filter((code) => lasting.has(code)));
  const known = new Map(status.pending.map((each) => [each.id, each]));
  const cards = page.cards.map((card) => ({ ...card, pending: known.get(card.ask.id) ?? card.pending }));
  return { ...page, status, putAway, cards, replyMs: page.replyMs ?? status.latencyMs };
};

const withWork = (page: Page, session: string, change: (work: Work) => Work): Page => {
  const before = page.works.get(session) ?? NOTHING;
  const after = change(before);
  return after === before ? page : { ...page, works: new Map([...page.works, [session, after]]) };
};

/** A prompt may be told of before it is known which session takes it. */
const withTurn = (page: Page, event: Turn): Page => {
  const told = [...page.works].map(([session, work]) => ({ session, turn: turnIn(work, page.epoch, event.id) }));
  const { session: from, turn: before } = told.find((each) => each.turn) ?? { session: event.session, turn: null };
  const to = event.session && event.state ? event.session : from;
  const left = before && from !== to ? withWork(page, from, (work) => without(work, before)) : page;
  return withWork(left, to, (work) => turnChanged(work, page.epoch, event, before));
};

const withAsk = (page: Page, ask: Ask, at: number): Page => {
  const known = page.cards.find((card) => card.ask.id === ask.id);
  if (known) {
    return { ...page, cards: page.cards.map((card) => (card === known ? { ...card, ask } : card)) };
  }
  const card: Card = { key: `${page.epoch}:ask:${ask.id}`, ask, at, answering: null, pending: page.status?.pending.find((each) => each.id === ask.id) ?? null };
  return { ...page, cards: [...page.cards, card] };
};

const withoutAsk = (page: Page, id: string, closing: string): Page => {
  const card = page.cards.find((each) => each.ask.id === id);
  if (!card) return page;
  const after = withWork(page, card.ask.session, (work) => askClosed(work, page.epoch, card.ask, closing));
  return { ...after, cards: page.cards.filter((each) => each !== card) };
};

const told = (page: Page, event: FeedEvent, at: number): Page => {
  switch (event.type) {
    case "heard":
      return {
        ...page,
        lines: hear(page.lines, page.epoch, event),
        draft: draftAfter(page.draft, page.epoch, event, at),
      };
    case "spoken":
      return { ...page, lines: speak(page.lines, page.epoch, event) };
    case "agent":
      return withWork(page, event.session, (work) => agentDid(work, page.epoch, event, at));
    case "turn":
      return { ...withTurn(page, event), replyMs: event.replyMs ?? page.replyMs };
    case "ask":
      return withAsk(page, event, at);
    case "ask_closed":
      return withoutAsk(page, event.id, event.closing);
    case "state":
      return withStatus(page, event.status);
    case "notice": {
      const { code, message, cure, level } = event;
      return withRemark(page, { key: `${page.epoch}:${code}:${message}`, code, message, cure, level });
    }
    case "gap":
      return { ...page, lines: mark(page.lines, `${page.epoch}:gap:${event.seq}`, "Earlier events are left out") };
  }
};

/** A reader that starts afresh is told everything again; what is known is not told twice. */
const fed = (page: Page, event: FeedEvent, at: number): Page => {
  if (event.seq > 0 && event.seq <= page.seq) return page;
  return told({ ...page, seq: Math.max(page.seq, event.seq) }, event, at);
};

const booted = (page: Page, bootId: string): Page => {
  if (bootId === page.bootId) return page;
  const epoch = page.epoch + 1;
  const works = new Map([...page.works].map(([session, work]) => [session, abandon(work)]));
  const after: Page = { ...page, bootId, epoch, seq: 0, status: null, draft: null, cards: [], works };
  if (!page.bootId) return after;
  return { ...after, lines: mark(after.lines, `${epoch}:boot`, "The daemon was restarted") };
};

const withVoice = (page: Page, change: Partial<Voice>): Page => {
  const voice = { ...page.voice, ...change };
  if (voice.phase === "on") return { ...page, voice };
  return { ...page, voice: { ...voice, userSpeaking: false, botSpeaking: false, holding: false } };
};

export const reduce = (page: Page, change: Change): Page => {
  switch (change.type) {
    case "feed":
      return fed(page, change.event, change.at);
    case "link":
      return { ...page, link: change.link, lockedWhy: change.why ?? "" };
    case "booted":
      return booted(page, change.bootId);
    case "status":
      return withStatus(page, change.status);
    case "voice":
      return withVoice(page, change.change);
    case "remark":
      return withRemark(page, change.remark);
    case "remark_away":
      return {
        ...page,
        remarks: page.remarks.filter((each) => each.key !== change.key),
        putAway: new Set([...page.putAway, change.key]),
      };
    case "draft_away":
      return { ...page, draft: null };
    case "answering":
      return {
        ...page,
        cards: page.cards.map((card) => (card.ask.id === change.id ? { ...card, answering: change.reply } : card)),
      };
    case "card_away":
      return withoutAsk(page, change.id, "dropped");
  }
};

/** The session that a request is from, unless that is in focus. */
export const cardElsewhere = (page: Page, card: Card): string =>
  elsewhere(page.status, card.ask.session);

const cardsHere = (page: Page): readonly Card[] => page.cards.filter((card) => !cardElsewhere(page, card));

/** Those of the session in focus first, each the oldest first. */
export const cardsInOrder = (page: Page): readonly Card[] => {
  const here = cardsHere(page);
  return [...here, ...page.cards.filter((card) => !here.includes(card))];
};

/** The request that keys answer, which is never one of another session. */
export const activeCard = (page: Page): Card | null => cardsHere(page).find((card) => card.answering === null) ?? null;

/** What is done in the session in focus; while nobody says which one that is, in the newest. */
export const workHere = (page: Page): Work => {
  const focus = page.status?.sessions.find((session) => session.focus);
  return page.works.get(focus ? focus.id : ([...page.works.keys()].at(-1) ?? "")) ?? NOTHING;
};

/** Lasting troubles first, then what happened since; each key once. */
export const remarks = (page: Page): readonly Remark[] => {
  const lasting = (page.status?.degraded ?? [])
    .filter((each) => !page.putAway.has(each.code))
    .map((each): Remark => ({ ...each, key: each.code, level: "warning" }));
  const codes = new Set(lasting.map((each) => each.code));
  return [...lasting, ...page.remarks.filter((each) => !codes.has(each.code))];
};
