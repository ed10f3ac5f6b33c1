/** The daemon's HTTP surface as this page uses it. */
import type { Decision, FeedEvent, Status, Trouble } from "../words.ts";
import { feedEvent, fields, status, text, trouble } from "./parse.ts";

export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly status: number;
  readonly trouble: Trouble;

  constructor(code: number, told: Trouble) {
    super(told.message);
    this.status = code;
    this.trouble = told;
  }
}

export const WRITE_HEADERS: Readonly<Record<string, string>> = { "X-Aidevops-Voice": "1" };

const OFFLINE: Trouble = {
  code: "page.offline",
  message: "The daemon does not answer.",
  cure: "Start it with: aidevops-voice start",
};

/** The daemon's own words about a failure, or plain ones when it sent none. */
export const troubleOf = async (response: Response): Promise<Trouble> => {
  const body: unknown = await response.json().catch(() => null);
  const told = trouble(body);
  if (told.message) return told;
  return { code: `http.${response.status}`, message: `The daemon answered ${response.status}.`, cure: "See: aidevops-voice logs" };
};

const request = async (path: string, init: RequestInit, limitMs: number): Promise<Response> => {
  const options: RequestInit = { credentials: "same-origin", cache: "no-store", ...init, signal: AbortSignal.timeout(limitMs) };
  const response = await fetch(path, options).catch(() => null);
  if (response === null) throw new ServerError(0, OFFLINE);
  if (!response.ok) throw new ServerError(response.status, await troubleOf(response));
  return response;
};

const post = (path: string, body: unknown, limitMs = 15_000): Promise<Response> =>
  request(
    path,
    { method: "POST", headers: { "Content-Type": "application/json", ...WRITE_HEADERS }, body: JSON.stringify(body) },
    limitMs,
  );

export const login = async (ticket: string): Promise<void> => void (await post("/api/login", { ticket }));
export const readStatus = async (): Promise<Status> =>
  status(await (await request("/api/status", {}, 10_000)).json());
export const ask = async (words: string): Promise<void> => void (await post("/api/ask", { text: words, wait: false }));
export const hush = async (): Promise<void> => void (await post("/api/hush", {}));
export const focus = async (session: string): Promise<void> => void (await post("/api/focus", { session }));
export const stopAgent = async (): Promise<void> => void (await post("/api/stop", {}));

export interface Answer {
  readonly reply: Decision;
  readonly message?: string;
  readonly answers?: readonly (readonly string[])[];
}

export const answer = async (id: string, given: Answer): Promise<void> =>
  void (await post("/api/answer", { id, ...given }));

/** Boot id of the daemon that answers, or null while none does. */
export const bootId = async (): Promise<string | null> => {
  const response = await request("/healthz", {}, 2_500).catch(() => null);
  if (response === null) return null;
  const raw = fields(await response.json().catch(() => null));
  return raw["ok"] === false ? null : text(raw["boot_id"]) || "unknown";
};

/** Follows the feed until closed; `lost` is called once when the browser gives up on it. */
export const follow = (told: (event: FeedEvent) => void, lost: () => void): (() => void) => {
  const source = new EventSource("/api/events");
  const take = (message: MessageEvent<string>): void => {
    const event = feedEvent(parsed(message.data));
    if (event) told(event);
  };
  source.addEventListener("message", take);
  source.addEventListener("gap", take);
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) lost();
  });
  return () => source.close();
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};
