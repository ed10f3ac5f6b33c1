/** What the daemon tells the page, field for field as `GET /api/events` and `GET /api/status` send it. */

export type HeardState = "interim" | "sent" | "draft" | "command" | "reply" | "ignored";
export type SpokenState = "queued" | "begun" | "said" | "cut" | "dropped" | "unvoiced";
export type TurnState = "submitted" | "running" | "done" | "failed" | "stopped";
export type ToolState = "running" | "done" | "failed" | "stopped";
export type Decision = "allow" | "always" | "deny";
export type Level = "info" | "warning" | "error";

export interface FileChange {
  path: string;
  status: string;
  additions: number;
  deletions: number;
  diff: string;
}

export interface Option {
  label: string;
  description: string;
}

export interface Question {
  text: string;
  header: string;
  options: Option[];
  multiple: boolean;
  custom: boolean;
}

export interface TodoItem {
  text: string;
  status: string;
}

export interface Trouble {
  code: string;
  message: string;
  cure: string;
}

export interface Heard {
  type: "heard";
  id: string;
  text: string;
  final: boolean;
  source: "voice" | "typed";
  state: HeardState;
  command: string;
  reason: string;
}

export interface Spoken {
  type: "spoken";
  id: string;
  text: string;
  kind: string;
  about: string;
  state: SpokenState;
  heard: string;
}

export interface AgentText {
  what: "text";
  part: string;
  text: string;
  done: boolean;
}

export interface AgentTool {
  what: "tool";
  call: string;
  tool: string;
  title: string;
  command: string;
  path: string;
  child: string;
  state: ToolState;
  output: string;
  exitCode: number | null;
  seconds: number;
  files: FileChange[];
}

export interface AgentTodo {
  what: "todo";
  items: TodoItem[];
}

export interface AgentRetry {
  what: "retry";
  attempt: number;
  reason: string;
  waitS: number;
}

export interface AgentCompacting {
  what: "compacting";
  done: boolean;
}

export type AgentWork = AgentText | AgentTool | AgentTodo | AgentRetry | AgentCompacting;

export interface Agent {
  type: "agent";
  session: string;
  turn: string;
  work: AgentWork;
}

export interface Ask {
  type: "ask";
  id: string;
  session: string;
  kind: "permission" | "question";
  title: string;
  permission: string;
  command: string;
  path: string;
  diff: string;
  patterns: string[];
  always: string[];
  child: string;
  ours: boolean;
  questions: Question[];
}

/** What is known of an open request beside its text, from the status. */
export interface Pending {
  id: string;
  risk: string;
  why: string;
  challenge: string[];
  clickOnly: boolean;
  /** Seconds since the epoch at which it is denied; null when it waits without end. */
  answerBy: number | null;
}

export interface AskClosed {
  type: "ask_closed";
  id: string;
  closing: string;
}

/** Null and empty fields say nothing new about the turn. */
export interface Turn {
  type: "turn";
  id: string;
  session: string;
  text: string;
  state: TurnState | null;
  ours: boolean | null;
  reason: string;
  replyMs: number | null;
}

export interface Choice {
  name: string;
  why: string;
  detail: string;
}

export interface Listening {
  /** open: always; push: while a key or the button is held; wake: after the wake phrase. */
  mode: "open" | "push" | "wake";
  state: "awake" | "asleep" | "holding";
  wakePhrase: string;
}

export interface Session {
  /** Empty while it is being made. */
  id: string;
  title: string;
  /** Path of its folder. */
  project: string;
  /** The one that hears what is said and typed. */
  focus: boolean;
  agentState: string;
}

export interface Status {
  listening: Listening;
  state: string;
  version: string;
  project: string;
  session: string;
  profile: Choice;
  agent: Choice;
  agentState: string;
  latencyMs: number | null;
  degraded: Trouble[];
  pending: Pending[];
  sessions: Session[];
}

export interface StatusChanged {
  type: "state";
  status: Status;
}

export interface Notice extends Trouble {
  type: "notice";
  id: string;
  level: Level;
}

export interface Gap {
  type: "gap";
}

export type FeedEvent = (Heard | Spoken | Agent | Ask | AskClosed | Turn | StatusChanged | Notice | Gap) & {
  seq: number;
};
