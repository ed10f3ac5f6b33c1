/** The whole API of an OpenCode server that listens nowhere, on a loopback port behind a password. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Call = (path: string, init: RequestInit) => Promise<Response>;

export interface Bridge {
  url: string;
  /** Password of the user `opencode`, HTTP Basic, like that of a server which listens. */
  token: string;
  close(): void;
}

const MOST_BYTES = 32 * 1024 * 1024;
const TOKEN_BYTES = 16;
const LEFT_OUT = /^(connection|keep-alive|transfer-encoding|content-length|access-control-.*|set-cookie)$/;
const PASSED_ON = ["accept", "content-type", "x-opencode-directory"];

export async function openBridge(call: () => Call | undefined): Promise<Bridge> {
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  let host = "";
  const server = createServer((request, response) => {
    response.on("error", () => response.destroy());
    const status = refusal(request, host, token);
    const done = status ? refuse(response, status) : pass(call(), request, response);
    done.catch(() => response.destroy());
  });
  server.on("upgrade", (_, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.on("error", () => server.close());
  // OpenCode may end while somebody listens.
  server.unref();
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}`, token, close };
}

/** A browser has no business here, so that any Origin is refused. */
function refusal(request: IncomingMessage, host: string, token: string): number {
  if (request.headers.host !== host) return 421;
  if (request.headers.origin !== undefined) return 403;
  const expected = `Basic ${Buffer.from(`opencode:${token}`).toString("base64")}`;
  return same(request.headers.authorization ?? "", expected) ? 0 : 401;
}

function same(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(one as Buffer, other as Buffer);
}

async function refuse(response: ServerResponse, status: number): Promise<void> {
  response.writeHead(status, { connection: "close" });
  response.end();
}

async function pass(call: Call | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const body = await content(request);
  if (!call || body === null) return refuse(response, call ? 413 : 503);
  const method = request.method ?? "GET";
  const headers = PASSED_ON.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : []));
  const sent = { method, headers: headers as [string, string][], signal: gone.signal };
  try {
    const answer = await call(request.url ?? "/", body.length ? { ...sent, body } : sent);
    await stream(answer, response, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    if (response.headersSent) throw error;
    await refuse(response, 502);
  }
}

async function content(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Each chunk leaves as it comes: an event is heard while the turn goes on. */
async function stream(answer: Response, response: ServerResponse, gone: AbortSignal): Promise<void> {
  response.writeHead(answer.status, [...answer.headers].filter(([name]) => !LEFT_OUT.test(name)).flat());
  response.flushHeaders();
  const reader = answer.body?.getReader();
  gone.addEventListener("abort", () => void reader?.cancel().catch(() => undefined));
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    if (!response.write(piece.value)) await once(response, "drain", { signal: gone });
  }
  response.end();
}
