/** What stands around the work: connection, set-up with its reasons, reply delay, remarks, and the locked page. */
import { remarks, type Page, type Remark } from "../state/page.ts";
import type { Choice, Status } from "../words.ts";
import { el, icon, Keyed, onClick, part, show, write, type View } from "./element.ts";
import type { Intents } from "./intents.ts";

const LINK_WORDS: Readonly<Record<Page["link"], string>> = {
  opening: "Connecting",
  locked: "Locked",
  live: "Connected",
  lost: "Reconnecting",
};

const stateWords = (page: Page): string => {
  if (page.link !== "live" || !page.status) return LINK_WORDS[page.link];
  if (page.status.state === "starting") return "Starting";
  if (page.status.state === "draining") return "Stopping";
  return page.status.agentState === "lost" || page.status.agentState === "failed" ? "Agent away" : "Connected";
};

const row = (name: string, value: string, why: string): HTMLElement[] => {
  if (!value && !why) return [];
  const reason = why ? [el("span", { class: "why" }, why)] : [];
  return [el("dt", {}, name), el("dd", {}, el("span", {}, value), ...reason)];
};

const reasons = (choice: Choice): string => [choice.detail, choice.why].filter(Boolean).join(" — ");

const setupRows = (status: Status): HTMLElement[] => [
  ...row("Agent", status.agent.name, reasons(status.agent)),
  ...row("Voice", status.profile.name, reasons(status.profile)),
  ...row("Project", status.project, ""),
  ...row("Session", status.session, ""),
];

const setup = (): ((status: Status | null) => void) => {
  let shown: Status | null = null;
  return (status) => {
    if (status === shown || !status) return;
    shown = status;
    write(part("agent-name"), status.agent.name || "none");
    write(part("profile-name"), status.profile.name || "none");
    write(part("project-name"), status.project.split("/").filter(Boolean).at(-1) ?? "");
    part("project-name").title = status.project;
    part("setup-rows").replaceChildren(...setupRows(status), ...row("Version", status.version, ""));
    part("first-rows").replaceChildren(...setupRows(status));
  };
};

const remarkView = (intents: Intents) => (remark: Remark): View<Remark> => {
  const message = el("p", { class: "message" });
  const cure = el("p", { class: "cure" });
  const close = el("button", { type: "button", class: "close", "aria-label": "Dismiss" }, icon("close"));
  onClick(close, () => intents.putAway(remark.key));
  const node = el(
    "div",
    { class: "remark", testid: "notice" },
    icon("notice"),
    el("div", { class: "remark-text" }, message, cure),
    close,
  );
  return {
    node,
    update: (now) => {
      node.dataset["level"] = now.level;
      node.dataset["code"] = now.code;
      write(message, now.message);
      write(cure, now.cure);
      show(cure, now.cure !== "");
    },
  };
};

export const frame = (intents: Intents): ((page: Page) => void) => {
  const showSetup = setup();
  const list = new Keyed<Remark>(part("remarks"), remarkView(intents));
  return (page) => {
    document.body.dataset["link"] = page.link;
    if (page.link === "live") document.body.dataset["boot"] = page.bootId;
    show(part("locked"), page.link === "locked");
    write(part("locked-why"), page.lockedWhy);
    write(part("connection"), stateWords(page));
    part("connection").dataset["state"] = stateWords(page).toLowerCase().replaceAll(" ", "-");
    show(part("delay"), page.replyMs !== null);
    if (page.replyMs !== null) write(part("reply-delay"), `${(page.replyMs / 1000).toFixed(2)} s`);
    showSetup(page.status);
    list.show(remarks(page));
  };
};

/** On a narrow screen one pane is seen at a time. */
export const panes = (): void => {
  const tabs = [part("tab-talk"), part("tab-work")];
  const choose = (tab: HTMLElement): void => {
    document.body.dataset["pane"] = tab.dataset["pane"] ?? "talk";
    for (const each of tabs) each.setAttribute("aria-pressed", String(each === tab));
  };
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
};
