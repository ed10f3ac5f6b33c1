/** Requests that wait for the user: permissions and questions, oldest first. */
import { diffLines } from "../content/diff.ts";
import { notice } from "../state/consent.ts";
import { activeCard, cardElsewhere, cardsInOrder, type Card, type Page } from "../state/page.ts";
import type { Ask, Pending } from "../words.ts";
import { el, Keyed, onClick, part, show, write, type View } from "./element.ts";
import type { Intents, Reply } from "./intents.ts";
import { diffNode, exactNodes } from "./markup.ts";
import { questionForm } from "./question.ts";

const kbd = (key: string): HTMLElement => el("kbd", { "aria-hidden": "true" }, key);

export const button = (words: string, key: string, attributes: Readonly<Record<string, string>>): HTMLButtonElement =>
  el("button", { type: "button", ...attributes }, words, ...(key ? [kbd(key)] : []));

const TITLES: Readonly<Record<string, string>> = {
  bash: "Run this command?",
  edit: "Change this file?",
  write: "Write this file?",
  webfetch: "Fetch this address?",
  external_directory: "Use a folder outside the project?",
};

const titleOf = (ask: Ask): string => {
  if (ask.title) return ask.title;
  if (ask.kind === "question") return "The agent has a question";
  return TITLES[ask.permission] ?? `Allow ${ask.permission || "this"}?`;
};

const eyebrow = (ask: Ask): string => {
  const what = ask.kind === "question" ? ["Question"] : ["Permission", ask.permission];
  const child = ask.child ? `subagent ${ask.child}` : "";
  return [...what, child, ask.ours ? "" : "from a turn typed elsewhere"].filter(Boolean).join(" · ");
};

/** The exact thing that would be allowed, never a paraphrase. */
const exact = (ask: Ask): HTMLElement[] => {
  const what = ask.command || ask.path || ask.patterns.join("\n");
  const nodes: HTMLElement[] = what ? [el("pre", { class: "exact", tabindex: "0", testid: "ask-exact" }, ...exactNodes(what))] : [];
  if (ask.command && ask.path) nodes.push(el("pre", { class: "exact" }, ...exactNodes(ask.path)));
  if (ask.diff) nodes.push(diffNode(diffLines(ask.diff), "The change that is asked for"));
  return nodes;
};

const scope = (ask: Ask): HTMLElement[] => {
  if (!ask.always.length) return [];
  const patterns = ask.always.flatMap((pattern, at) => [at ? ", " : "", el("code", {}, ...exactNodes(pattern))]);
  return [el("p", { class: "scope", testid: "always-scope" }, "“Always” also allows, without asking: ", ...patterns)];
};

/** The class of risk, the words that allow it by voice, and the seconds that are left. */
const consent = (): { readonly node: HTMLElement; readonly left: HTMLElement; show(pending: Pending | null): void } => {
  const risk = el("span", { class: "risk", testid: "ask-risk" });
  const why = el("span", { class: "risk-why" });
  const left = el("span", { class: "countdown", testid: "ask-countdown", role: "timer", "aria-live": "off" });
  const words = el("p", { class: "challenge", testid: "ask-challenge" });
  const node = el("div", { class: "consent" }, el("p", { class: "risk-row" }, risk, " ", why), words);
  let shown: Pending | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tick = (): void => {
    timer = null;
    write(left, notice(shown, Date.now() / 1000).left);
    if (shown?.answerBy != null && node.isConnected) timer = setTimeout(tick, 1000);
  };
  return {
    node,
    left,
    show: (pending) => {
      shown = pending;
      const told = notice(pending, Date.now() / 1000);
      node.dataset["risk"] = told.risk;
      write(risk, told.label);
      write(why, told.why);
      write(words, told.phrase);
      show(words, Boolean(told.phrase));
      show(node, pending !== null);
      timer ??= setTimeout(tick, 0);
    },
  };
};

interface Body {
  readonly parts: readonly HTMLElement[];
  readonly actions: readonly HTMLElement[];
  /** Answers with what is chosen so far. */
  confirm(): void;
  choose(index: number): void;
}

const permission = (ask: Ask, answer: (reply: Reply) => void): Body => {
  const why = el("input", {
    type: "text",
    placeholder: "Reason, told to the agent (optional)",
    "aria-label": "Reason for denying, told to the agent",
    autocomplete: "off",
    testid: "deny-message",
  });
  const deny = (): void => answer({ reply: "deny", ...(why.value.trim() ? { message: why.value.trim() } : {}) });
  why.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) deny();
  });
  const allow = button("Allow once", "Y", { class: "primary good", "data-testid": "allow-once" });
  const always = button("Always", "A", { "data-testid": "allow-always" });
  const denied = button("Deny", "N", { class: "bad", "data-testid": "deny" });
  onClick(allow, () => answer({ reply: "allow" }));
  onClick(always, () => answer({ reply: "always" }));
  onClick(denied, deny);
  const reason = el("div", { class: "reason-row" }, why);
  return {
    parts: [...exact(ask), ...scope(ask)],
    actions: [allow, ...(ask.always.length ? [always] : []), denied, reason],
    confirm: () => undefined,
    choose: () => undefined,
  };
};

const question = (ask: Ask, answer: (reply: Reply) => void): Body => {
  const form = questionForm(ask, (answers) => answer({ reply: "allow", answers }));
  const send = button("Answer", "⏎", { class: "primary", "data-testid": "answer" });
  const skip = button("Do not answer", "", { "data-testid": "deny" });
  onClick(send, form.confirm);
  onClick(skip, () => answer({ reply: "deny" }));
  return { ...form, actions: form.needsSend ? [send, skip] : [skip] };
};

export interface CardView extends View<Card> {
  /** Names the session that it is from, unless that is in focus, and says whether keys answer it. */
  place(elsewhere: string, active: boolean): void;
  confirm(): void;
  choose(index: number): void;
}

const cardView = (intents: Intents) => (card: Card): CardView => {
  const { ask } = card;
  const answer = (reply: Reply): void => intents.answer(ask.id, reply);
  const body = ask.kind === "question" ? question(ask, answer) : permission(ask, answer);
  const known = consent();
  const title = el("h3", { id: `${card.key}:title`, testid: "ask-title" });
  const session = el("b", { class: "card-session", id: `${card.key}:session`, testid: "ask-session" });
  const above = el("p", { class: "eyebrow" }, session, el("span", {}, eyebrow(ask)), known.left);
  const text = el("div", { class: "card-text", id: `${card.key}:text` }, above, title, known.node, ...body.parts);
  const actions = el("div", { class: "card-actions" }, ...body.actions);
  const node = el(
    "section",
    {
      class: "card",
      role: "alertdialog",
      "aria-labelledby": `${card.key}:session ${card.key}:title`,
      "aria-describedby": `${card.key}:text`,
      testid: "ask-card",
      "data-ask": ask.id,
      "data-kind": ask.kind,
    },
    text,
    actions,
  );
  return {
    node,
    update: (now) => {
      write(title, titleOf(now.ask));
      known.show(now.pending);
      node.dataset["answering"] = now.answering ?? "";
      for (const each of node.querySelectorAll<HTMLButtonElement>("button")) each.disabled = now.answering !== null;
    },
    place: (elsewhere, active) => {
      write(session, elsewhere && `Session “${elsewhere}”`);
      node.classList.toggle("active", active);
      node.classList.toggle("elsewhere", elsewhere !== "");
    },
    confirm: body.confirm,
    choose: body.choose,
  };
};

export interface Cards {
  show(page: Page): void;
  confirm(id: string): void;
  choose(id: string, index: number): void;
}

export const cardStack = (intents: Intents): Cards => {
  const host = part("cards");
  const views = new Map<string, CardView>();
  const keyed = new Keyed<Card>(host, (card) => {
    const view = cardView(intents)(card);
    views.set(card.ask.id, view);
    return view;
  });
  return {
    show: (page) => {
      keyed.show(cardsInOrder(page));
      show(host, page.cards.length > 0);
      const active = activeCard(page)?.ask.id;
      for (const id of views.keys()) if (!page.cards.some((card) => card.ask.id === id)) views.delete(id);
      for (const card of page.cards) views.get(card.ask.id)?.place(cardElsewhere(page, card), card.ask.id === active);
    },
    confirm: (id) => views.get(id)?.confirm(),
    choose: (id, index) => views.get(id)?.choose(index),
  };
};
