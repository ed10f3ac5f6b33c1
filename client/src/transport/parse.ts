/** JSON from the daemon to the words of the page; a missing or strange field takes its empty value. */
import type {
  AgentWork,
  Choice,
  FeedEvent,
  FileChange,
  HeardState,
  Level,
  Pending,
  Listening,
  Question,
  Session,
  SpokenState,
  Status,
  ToolState,
  Trouble,
  TurnState,
} from "../words.ts";

type Fields = Readonly<Record<string, unknown>>;

const HEARD: readonly HeardState[] = ["interim", "sent", "draft", "command", "reply", "ignored"];
const SPOKEN: readonly SpokenState[] = ["queued", "begun", "said", "cut", "dropped", "unvoiced"];
const TURN: readonly TurnState[] = ["submitted", "running", "done", "failed", "stopped"];
const TOOL: readonly ToolState[] = ["running", "done", "failed", "stopped"];
const LEVEL: readonly Level[] = ["info", "warning", "error"];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const fields = (value: unknown): Fields => (isFields(value) ? value : {});
export const text = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text).filter(Boolean) : []);
const oneOf = <T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T =>
  allowed.find((each) => each === value) ?? otherwise;

export const trouble = (value: unknown): Trouble => {
  const raw = fields(value);
  return { code: text(raw["code"]), message: text(raw["message"]), cure: text(raw["cure"]) };
};

const fileChange = (raw: Fields): FileChange => ({
  path: text(raw["path"]),
  status: text(raw["status"]),
  additions: number(raw["additions"]) ?? 0,
  deletions: number(raw["deletions"]) ?? 0,
  diff: text(raw["diff"]),
});

const question = (raw: Fields): Question => ({
  text: text(raw["text"]),
  header: text(raw["header"]),
  options: list(raw["options"]).map((each) => ({
    label: text(each["label"]),
    description: text(each["description"]),
  })),
  multiple: raw["multiple"] === true,
  custom: raw["custom"] !== false,
});

const agentWork = (raw: Fields): AgentWork | null => {
  switch (raw["what"]) {
    case "text":
      return { what: "text", part: text(raw["part"]), text: text(raw["text"]), done: raw["done"] === true };
    case "tool":
      return {
        what: "tool",
        call: text(raw["call"]),
        tool: text(raw["tool"]),
        title: text(raw["title"]),
        command: text(raw["command"]),
        path: text(raw["path"]),
        child: text(raw["child"]),
        state: oneOf(TOOL, raw["state"], "running"),
        output: text(raw["output"]),
        exitCode: number(raw["exit_code"]),
        seconds: number(raw["seconds"]) ?? 0,
        files: list(raw["files"]).map(fileChange),
      };
    case "todo":
      return {
        what: "todo",
        items: list(raw["items"]).map((item) => ({ text: text(item["text"]), status: text(item["status"]) })),
      };
    case "retry":
      return {
        what: "retry",
        attempt: number(raw["attempt"]) ?? 1,
        reason: text(raw["reason"]),
        waitS: number(raw["wait_s"]) ?? 0,
      };
    case "compacting":
      return { what: "compacting", done: raw["done"] === true };
    default:
      return null;
  }
};

/** Either an object of its own, or a name with its reason elsewhere in the status. */
const choice = (value: unknown, why: unknown, detail: unknown): Choice => {
  const raw = fields(value);
  const stages = Object.entries(fields(raw["stages"])).map(([stage, name]) => `${stage} ${text(name)}`);
  return {
    name: text(raw["name"]) || text(value),
    why: text(raw["why"]) || text(why),
    detail: text(raw["describe"]) || stages.join(", ") || text(detail),
  };
};

const MODES: readonly Listening["mode"][] = ["open", "push", "wake"];
const WAKEFULNESS: readonly Listening["state"][] = ["awake", "asleep", "holding"];

const listening = (value: unknown): Listening => {
  const raw = fields(value);
  return {
    mode: oneOf(MODES, raw["mode"], "open"),
    state: oneOf(WAKEFULNESS, raw["state"], "awake"),
    wakePhrase: text(raw["wake_phrase"]),
  };
};

const pending = (raw: Fields): Pending => ({
  id: text(raw["id"]),
  risk: text(raw["risk"]),
  why: text(raw["why"]),
  challenge: texts(raw["challenge"]),
  clickOnly: raw["click_only"] === true,
  answerBy: number(raw["answer_by"]),
});

const session = (raw: Fields): Session => ({
  id: text(raw["id"]),
  title: text(raw["title"]),
  project: text(raw["project"]),
  focus: raw["focus"] === true,
  agentState: text(raw["agent_state"]),
});

export const status = (value: unknown): Status => {
  const raw = fields(value);
  const why = fields(raw["why"]);
  return {
    listening: listening(raw["listening"]),
    state: text(raw["state"]),
    version: text(raw["version"]),
    project: text(raw["project"]),
    session: text(raw["session_title"]) || text(raw["session"]),
    profile: choice(raw["profile"], why["profile"], ""),
    agent: choice(raw["agent"], why["agent"], why["running"]),
    agentState: text(raw["agent_state"]),
    latencyMs: number(raw["latency_ms"]),
    degraded: list(raw["degraded"]).map(trouble),
    pending: list(raw["pending"]).map(pending),
    sessions: list(raw["sessions"]).map(session),
  };
};

const ask = (raw: Fields, seq: number): FeedEvent => ({
  type: "ask",
  seq,
  id: text(raw["id"]),
  session: text(raw["session"]),
  kind: raw["kind"] === "question" ? "question" : "permission",
  title: text(raw["title"]),
  permission: text(raw["permission"]),
  command: text(raw["command"]),
  path: text(raw["path"]),
  diff: text(raw["diff"]),
  patterns: texts(raw["patterns"]),
  always: texts(raw["always"]),
  child: text(raw["child"]),
  ours: raw["ours"] !== false,
  questions: list(raw["questions"]).map(question),
});

const agent = (raw: Fields, seq: number): FeedEvent | null => {
  const work = agentWork(raw);
  return work && { type: "agent", seq, session: text(raw["session"]), turn: text(raw["turn"]), work };
};

/** One event of the feed, or null for a type this page does not know. */
export const feedEvent = (value: unknown): FeedEvent | null => {
  const raw = fields(value);
  const seq = number(raw["seq"]) ?? 0;
  const id = text(raw["id"]);
  switch (raw["type"]) {
    case "heard":
      return {
        type: "heard",
        seq,
        id,
        text: text(raw["text"]),
        final: raw["final"] !== false,
        source: raw["source"] === "typed" ? "typed" : "voice",
        state: oneOf(HEARD, raw["state"], raw["final"] === false ? "interim" : "sent"),
        command: text(raw["command"]),
        reason: text(raw["reason"]),
      };
    case "spoken":
      return {
        type: "spoken",
        seq,
        id,
        text: text(raw["text"]),
        kind: text(raw["kind"]),
        about: text(raw["about"]),
        state: oneOf(SPOKEN, raw["state"], "said"),
        heard: text(raw["heard"]),
      };
    case "agent":
      return agent(raw, seq);
    case "ask":
      return ask(raw, seq);
    case "ask_closed":
      return { type: "ask_closed", seq, id, closing: text(raw["closing"]) };
    case "turn":
      return {
        type: "turn",
        seq,
        id,
        session: text(raw["session"]),
        text: text(raw["text"]),
        state: TURN.find((each) => each === raw["state"]) ?? null,
        ours: typeof raw["ours"] === "boolean" ? raw["ours"] : null,
        reason: text(raw["reason"]),
        replyMs: number(raw["reply_ms"]),
      };
    case "state":
      return { type: "state", seq, status: status(isFields(raw["status"]) ? raw["status"] : raw) };
    case "notice":
      return { type: "notice", seq, id, ...trouble(raw), level: oneOf(LEVEL, raw["level"], "warning") };
    case "gap":
      return { type: "gap", seq };
    default:
      return null;
  }
};
