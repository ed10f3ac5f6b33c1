/** Keeps page and daemon together: one timer watches the daemon, logs in, follows the feed and renews the call. */
import type { FeedEvent, Status, Trouble } from "../words.ts";
import { startCall, type Call, type CallNews } from "./call.ts";
import { bootId, follow, login, readStatus, ServerError } from "./server.ts";

export interface LinkNews {
  live(status: Status): void;
  lost(): void;
  locked(why: string): void;
  booted(bootId: string): void;
  told(event: FeedEvent): void;
  trouble(trouble: Trouble): void;
  call(phase: "off" | "connecting" | "on" | "reconnecting"): void;
  microphone: CallNews["microphone"];
  voice: CallNews["voice"];
  userSpeaking: CallNews["userSpeaking"];
  botSpeaking: CallNews["botSpeaking"];
}

const POLL_MS = 1_000;
/** One late answer of a busy machine is not a lost daemon. */
const MISSES_ALLOWED = 1;
const RETRY_MS: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000];

export class Link {
  readonly #news: LinkNews;
  #ticket: string;
  #boot = "";
  #misses = 0;
  #entered = false;
  #locked = false;
  #unfollow: (() => void) | null = null;
  #call: Call | null = null;
  #generation = 0;
  #wanted = false;
  #listening = true;
  #tries = 0;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking = false;

  constructor(news: LinkNews, ticket: string) {
    this.#news = news;
    this.#ticket = ticket;
  }

  start(): void {
    void this.#look();
  }

  /** A new link was opened in this very tab. */
  useTicket(ticket: string): void {
    this.#ticket = ticket;
    this.#locked = false;
    this.#entered = false;
    this.#soon();
  }

  want(on: boolean): void {
    this.#wanted = on;
    this.#tries = 0;
    this.#notBefore = 0;
    if (on) {
      this.#news.call("connecting");
      this.#soon();
    } else {
      this.#hangUp();
      this.#news.call("off");
    }
  }

  /** Asks for the microphone again. */
  renew(): void {
    this.#hangUp();
    this.want(true);
  }

  listen(enabled: boolean): void {
    this.#listening = enabled;
    this.#call?.listen(enabled);
  }

  level(): number {
    return this.#call?.level() ?? 0;
  }

  #soon(): void {
    if (this.#looking) return;
    if (this.#timer) clearTimeout(this.#timer);
    void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      await this.#check();
    } finally {
      this.#looking = false;
      this.#timer = setTimeout(() => void this.#look(), POLL_MS);
    }
  }

  async #check(): Promise<void> {
    const boot = await bootId();
    if (boot === null) return this.#missed();
    if (boot !== this.#boot || this.#misses > MISSES_ALLOWED) this.#arrived(boot);
    this.#misses = 0;
    if (!this.#entered && !this.#locked) await this.#enter();
    if (this.#entered && this.#wanted && !this.#call && performance.now() >= this.#notBefore) await this.#dialWhenReady();
  }

  /** An offer that is refused while speech loads is repeated by the transport itself, with a microphone that it ended. */
  async #dialWhenReady(): Promise<void> {
    const status = await readStatus().catch(() => null);
    if (status?.state === "ready" && this.#wanted && !this.#call) this.#dial();
  }

  #missed(): void {
    this.#misses += 1;
    if (this.#misses !== MISSES_ALLOWED + 1) return;
    this.#leave();
    this.#news.lost();
  }

  #arrived(boot: string): void {
    this.#leave();
    this.#tries = 0;
    this.#notBefore = 0;
    if (boot !== this.#boot) this.#news.booted(boot);
    this.#boot = boot;
  }

  #leave(): void {
    this.#hangUp();
    this.#unfollow?.();
    this.#unfollow = null;
    this.#entered = false;
    if (this.#wanted) this.#news.call("reconnecting");
  }

  async #enter(): Promise<void> {
    try {
      const why = await this.#logIn();
      const status = await readStatus().catch((error: unknown) => {
        if (error instanceof ServerError && error.status === 401) return null;
        throw error;
      });
      if (status === null) return this.#lock(why);
      this.#entered = true;
      this.#news.live(status);
      this.#follow();
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (error.status !== 0) this.#news.trouble(error.trouble);
    }
  }

  /** A spent ticket does no harm where a cookie is still good; why it failed is kept for the locked page. */
  async #logIn(): Promise<string> {
    if (!this.#ticket) return "";
    const ticket = this.#ticket;
    this.#ticket = "";
    return login(ticket).then(
      () => "",
      (error: unknown) => {
        if (!(error instanceof ServerError)) throw error;
        if (error.status === 0 || error.status === 429) this.#ticket = ticket;
        return "This link was already used, or it is too old.";
      },
    );
  }

  #lock(why: string): void {
    if (this.#ticket) return;
    this.#locked = true;
    this.#unfollow?.();
    this.#unfollow = null;
    this.#hangUp();
    this.#wanted = false;
    this.#news.call("off");
    this.#news.locked(why);
  }

  #follow(): void {
    this.#unfollow?.();
    this.#unfollow = follow(
      (event) => this.#news.told(event),
      () => {
        this.#unfollow = null;
        this.#entered = false;
      },
    );
  }

  #dial(): void {
    const generation = ++this.#generation;
    const mine =
      <A extends unknown[]>(tell: (...args: A) => void) =>
      (...args: A): void => {
        if (generation === this.#generation) tell(...args);
      };
    this.#news.call(this.#tries > 0 ? "reconnecting" : "connecting");
    this.#call = startCall(this.#listening, {
      ready: mine(() => {
        this.#tries = 0;
        this.#news.call("on");
      }),
      ended: mine((trouble, refused) => this.#ended(trouble, refused)),
      microphone: mine((state) => this.#news.microphone(state)),
      voice: mine((track) => this.#news.voice(track)),
      userSpeaking: mine((speaking) => this.#news.userSpeaking(speaking)),
      botSpeaking: mine((speaking) => this.#news.botSpeaking(speaking)),
    });
  }

  #ended(trouble: Trouble | null, refused: boolean): void {
    this.#hangUp();
    if (trouble) this.#news.trouble(trouble);
    if (refused) {
      this.#wanted = false;
      return this.#news.call("off");
    }
    this.#tries += 1;
    this.#notBefore = performance.now() + (RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)] ?? 0);
    this.#news.call("reconnecting");
  }

  #hangUp(): void {
    this.#generation += 1;
    const call = this.#call;
    this.#call = null;
    if (call) void call.end();
  }
}
