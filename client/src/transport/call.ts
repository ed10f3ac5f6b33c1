/** One voice call: microphone up, the bot's voice down; thrown away rather than repaired. */
import { LogLevel, PipecatClient, type DeviceErrorType } from "@pipecat-ai/client-js";
import { SmallWebRTCTransport } from "@pipecat-ai/small-webrtc-transport";
import type { Trouble } from "../words.ts";
import { loudnessOf, type Loudness } from "./loudness.ts";
import { Microphone } from "./microphone.ts";
import { troubleOf, WRITE_HEADERS } from "./server.ts";

export interface CallNews {
  ready(): void;
  /** Called once, when it ended by itself; `refused` means that another try cannot help. */
  ended(trouble: Trouble | null, refused: boolean): void;
  microphone(state: "ok" | "refused" | "absent" | "busy"): void;
  voice(track: MediaStreamTrack): void;
  userSpeaking(speaking: boolean): void;
  botSpeaking(speaking: boolean): void;
}

export interface Call {
  listen(enabled: boolean): void;
  /** Loudness of the microphone, 0 to 1. */
  level(): number;
  end(): Promise<void>;
}

const MICROPHONE: Readonly<Partial<Record<DeviceErrorType, "absent" | "busy">>> = {
  "not-found": "absent",
  "in-use": "busy",
};

const FAILED: Trouble = {
  code: "page.call",
  message: "The voice connection could not be made.",
  cure: "Typing works. See: aidevops-voice logs",
};

const MOVED: Trouble = {
  code: "page.moved",
  message: "The voice is in another tab now.",
  cure: "Press the microphone to take it back.",
};

const failure = async (error: unknown): Promise<readonly [Trouble, boolean]> => {
  const cause: unknown = error instanceof Error ? error.cause : error;
  if (!(cause instanceof Response)) return [FAILED, false];
  // Too many calls in a short time pass; what else we are told to be wrong stays wrong.
  return [await troubleOf(cause), cause.status >= 400 && cause.status < 500 && cause.status !== 429];
};

export const startCall = (listening: boolean, news: CallNews): Call => {
  let over = false;
  let failing = false;
  let loudness: Loudness | null = null;
  const microphone = new Microphone(listening);
  const transport = new SmallWebRTCTransport({ mediaManager: microphone });

  const close = (): void => {
    over = true;
    loudness?.close();
    loudness = null;
  };
  const end = (trouble: Trouble | null, refused: boolean): void => {
    if (over) return;
    close();
    news.ended(trouble, refused);
  };
  const unlessOver =
    <A extends unknown[]>(tell: (...args: A) => void) =>
    (...args: A): void => {
      if (!over) tell(...args);
    };
  const trackStarted = (track: MediaStreamTrack, local: boolean): void => {
    if (track.kind !== "audio") return;
    if (!local) return news.voice(track);
    loudness = loudnessOf(track);
    news.microphone("ok");
  };

  const client = new PipecatClient({
    transport,
    enableMic: listening,
    enableCam: false,
    callbacks: {
      // The transport's own second try comes with an ended track: such a call would be deaf.
      onBotReady: unlessOver(() => (microphone.track?.readyState === "ended" ? end(null, false) : news.ready())),
      // A failing offer also rejects connect(), which knows why; this only says that it is over.
      onDisconnected: () => setTimeout(() => failing || end(null, false)),
      onServerMessage: unlessOver((message: unknown) => {
        if ((message as { type?: unknown } | null)?.type === "replaced") end(MOVED, true);
      }),
      onDeviceError: unlessOver((error) => news.microphone(MICROPHONE[error.type] ?? "refused")),
      onTrackStarted: unlessOver((track, who) => trackStarted(track, who?.local === true)),
      onUserStartedSpeaking: unlessOver(() => news.userSpeaking(true)),
      onUserStoppedSpeaking: unlessOver(() => news.userSpeaking(false)),
      onBotStartedSpeaking: unlessOver(() => news.botSpeaking(true)),
      onBotStoppedSpeaking: unlessOver(() => news.botSpeaking(false)),
    },
  });
  client.setLogLevel(LogLevel.NONE);
  client
    .connect({ webrtcRequestParams: { endpoint: "/api/offer", headers: new Headers(WRITE_HEADERS) } })
    .catch(async (error: unknown) => {
      failing = true;
      if (!over) end(...(await failure(error)));
    });

  return {
    listen: (enabled) => client.enableMic(enabled),
    level: () => loudness?.read() ?? 0,
    end: async () => {
      close();
      await microphone.disconnect();
      await client.disconnect();
    },
  };
};
