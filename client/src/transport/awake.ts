/** Keeps the screen on; the browser takes the lock back whenever the page is hidden. */

export class Awake {
  #wanted = false;
  #lock: WakeLockSentinel | null = null;

  want(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    if (on) void this.take();
    else void this.#lock?.release();
  }

  async take(): Promise<void> {
    if (!this.#wanted || document.hidden || !("wakeLock" in navigator)) return;
    // Refused on low battery; nothing else depends on it.
    this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (!this.#wanted) await this.#lock?.release();
  }
}
