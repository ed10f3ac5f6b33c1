/** What the agent does: turns, text, tools and remarks, and its plan. */
import { diffLines } from "../content/diff.ts";
import { grow, START, type Growing } from "../content/markdown.ts";
import { doing } from "../state/mic.ts";
import type { NoteItem, TextItem, ToolItem, TurnItem, Work, WorkItem } from "../state/work.ts";
import type { FileChange, TodoItem } from "../words.ts";
import { el, icon, Keyed, part, Scroller, show, write, type View } from "./element.ts";
import { diffNode, nodeOf } from "./markup.ts";

const TURN_WORDS: Readonly<Record<TurnItem["state"], string>> = {
  submitted: "sent",
  running: "working",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};

const turnView = (): View<TurnItem> => {
  const words = el("h3", {});
  const state = el("span", { class: "chip", testid: "turn-state" });
  const reason = el("p", { class: "reason" });
  const node = el("div", { class: "turn", testid: "turn" }, el("div", { class: "turn-row" }, words, state), reason);
  return {
    node,
    update: (turn) => {
      node.dataset["state"] = turn.state;
      write(words, turn.text || "A turn without words");
      write(state, TURN_WORDS[turn.state]);
      write(reason, [turn.ours ? "" : "Typed elsewhere", turn.reason].filter(Boolean).join(". "));
      show(reason, reason.textContent !== "");
    },
  };
};

const size = (characters: number): string =>
  characters < 1_000_000 ? `${Math.ceil(characters / 1000)} kB` : `${(characters / 1_000_000).toFixed(1)} MB`;

const textView = (): View<TextItem> => {
  const settled = el("div");
  const open = el("div");
  const gap = el("p", { class: "gap", testid: "left-out", hidden: true });
  const tail = el("pre", { class: "tail", tabindex: "0", hidden: true });
  const node = el("div", { class: "text", testid: "agent-text" }, settled, open, gap, tail);
  let growing: Growing = START;
  let head = -1;
  let ended = false;
  return {
    node,
    update: ({ clip, done }) => {
      if (clip.head.length !== head || done !== ended) {
        growing = grow(growing, clip.head, done);
        settled.append(...growing.settled.map(nodeOf));
        open.replaceChildren(...growing.open.map(nodeOf));
        head = clip.head.length;
        ended = done;
      }
      show(gap, clip.omitted > 0);
      show(tail, clip.tail !== "");
      write(gap, `… ${size(clip.omitted)} left out; the agent’s session has all of it …`);
      write(tail, clip.tail);
    },
  };
};

const CHANGES: Readonly<Record<string, string>> = { added: "new file", deleted: "deleted" };
const OPEN_DIFF_LINES = 30;

const fileNode = (file: FileChange, alone: boolean): HTMLElement => {
  const lines = diffLines(file.diff);
  const summary = el(
    "summary",
    {},
    alone ? el("span", { class: "file-name" }, CHANGES[file.status] ?? "changes") : el("code", { class: "file-name" }, file.path),
    ...(file.additions ? [el("span", { class: "added" }, `+${file.additions}`)] : []),
    ...(file.deletions ? [el("span", { class: "removed" }, `−${file.deletions}`)] : []),
  );
  if (!file.diff) return el("p", { class: "file" }, ...summary.childNodes);
  const open = lines.length <= OPEN_DIFF_LINES;
  return el("details", { class: "file", open }, summary, diffNode(lines, `Changes in ${file.path}`));
};

const fileNodes = (tool: ToolItem): HTMLElement[] => {
  const alone = tool.files.length === 1 && doing(tool).includes(tool.files[0]?.path ?? "");
  return tool.files.map((file) => fileNode(file, alone));
};

const TOOL_WORDS: Readonly<Record<ToolItem["state"], string>> = {
  running: "running",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};

const elapsed = (seconds: number): string => {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
};

const toolSeconds = (tool: ToolItem): number =>
  tool.state === "running" ? Math.max(tool.seconds, (performance.now() - tool.startedAt) / 1000) : tool.seconds;

const stateWords = (tool: ToolItem): string => {
  const exit = tool.exitCode ? `exit ${tool.exitCode}` : "";
  const seconds = toolSeconds(tool);
  return [TOOL_WORDS[tool.state], exit, seconds > 0 ? elapsed(seconds) : ""].filter(Boolean).join(" · ");
};

/** What introduces a tool and what it does exactly; the command of a shell says more than its name. */
const titles = (tool: ToolItem): readonly [string, string] => {
  if (!SHELLS.has(tool.tool) || !tool.command) return [SHELLS.has(tool.tool) ? "" : tool.tool, doing(tool)];
  return [tool.title === tool.command ? "" : tool.title, tool.command];
};

const SHELLS: ReadonlySet<string> = new Set(["bash", "shell", "run_command"]);

interface ToolView extends View<ToolItem> {
  tick(): void;
}

const lastLine = (output: string): string => output.trimEnd().split("\n").at(-1)?.slice(-300) ?? "";

const toolView = (): ToolView => {
  const mark = el("span", { class: "tool-mark" });
  const name = el("span", { class: "tool-name" });
  const words = el("span", {});
  const title = el("span", { class: "tool-title", testid: "tool-title" }, name, words);
  const state = el("span", { class: "tool-state", testid: "tool-state" });
  const latest = el("span", { class: "latest" });
  const output = el("pre", { class: "output", tabindex: "0", testid: "tool-output" });
  const summary = el("summary", {}, mark, title, state, latest);
  const details = el("details", {}, summary, output);
  const files = el("div", { class: "files" });
  const node = el("div", { class: "tool", testid: "tool" }, details, files);
  let shown: ToolItem | null = null;
  const toNewest = (): void => {
    if (details.open && shown?.state === "running") output.scrollTop = output.scrollHeight;
  };
  details.addEventListener("toggle", toNewest);
  return {
    node,
    update: (tool) => {
      node.dataset["state"] = tool.state;
      node.dataset["call"] = tool.key;
      details.classList.toggle("bare", tool.output === "");
      if (shown?.state !== tool.state) mark.replaceChildren(icon(tool.state));
      const [first, second] = titles(tool);
      write(name, [tool.child, first].filter(Boolean).join(" · "));
      write(words, second);
      write(state, stateWords(tool));
      write(latest, tool.state === "running" ? lastLine(tool.output) : "");
      write(output, tool.output);
      if (shown?.files !== tool.files) files.replaceChildren(...fileNodes(tool));
      shown = tool;
      toNewest();
    },
    tick: () => {
      if (shown?.state === "running") write(state, stateWords(shown));
    },
  };
};

const noteView = (): View<NoteItem> => {
  const words = el("span", {});
  const detail = el("code", {});
  const node = el("p", { class: "note", testid: "note" }, words, detail);
  return {
    node,
    update: (note) => {
      node.dataset["tone"] = note.tone;
      write(words, note.text);
      write(detail, note.detail.length > 120 ? `${note.detail.slice(0, 119)}…` : note.detail);
      show(detail, note.detail !== "");
    },
  };
};

/** An item never changes its kind, so its view is made for that kind. */
const viewOf = (item: WorkItem, tools: Set<ToolView>): View<WorkItem> => {
  switch (item.kind) {
    case "turn":
      return turnView() as View<WorkItem>;
    case "text":
      return textView() as View<WorkItem>;
    case "note":
      return noteView() as View<WorkItem>;
    case "tool": {
      const view = toolView();
      tools.add(view);
      return view as View<WorkItem>;
    }
  }
};

/** Pixels; the same width turns the two panes into one. */
const NARROW = 760;
const PLAN_ICONS: Readonly<Record<string, string>> = { completed: "done", in_progress: "running", cancelled: "stopped" };

const planItem = (item: TodoItem): HTMLElement =>
  el("li", { "data-state": item.status }, icon(PLAN_ICONS[item.status] ?? "open"), el("span", {}, item.text));

const plan = (): ((todo: readonly TodoItem[]) => void) => {
  let shown: readonly TodoItem[] | null = null;
  return (todo) => {
    if (todo === shown) return;
    shown = todo;
    const first = part("plan").hidden;
    if (first && innerWidth > NARROW) part("plan").setAttribute("open", "");
    const done = todo.filter((item) => item.status === "completed").length;
    show(part("plan"), todo.length > 0);
    write(part("plan-count"), `${done} of ${todo.length} done`);
    part("plan-items").replaceChildren(...todo.map(planItem));
  };
};

export const workPane = (): ((work: Work) => void) => {
  const tools = new Set<ToolView>();
  const items = new Keyed<WorkItem>(part("work-items"), (item) => viewOf(item, tools));
  const scroller = new Scroller(part("work-box"), part("work-newest"));
  const showPlan = plan();
  setInterval(() => {
    for (const tool of tools) {
      if (tool.node.isConnected) tool.tick();
      else tools.delete(tool);
    }
  }, 500);
  return (work) => {
    showPlan(work.todo);
    if (!items.show(work.items)) return;
    show(part("work-empty"), work.items.length === 0);
    show(part("work-earlier"), work.dropped > 0);
    scroller.grew();
  };
};
