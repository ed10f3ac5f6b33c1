/** The state of the voice in a few words beside the prompt; a terminal that offers no place for it shows none. */

import type { Line, TuiApi } from "./opencode.ts";

const PLACES = ["home_prompt_right", "session_prompt_right"];
const ORDER = 50;

export class Badge {
  private readonly lines = new Set<Line>();
  private words = "";

  /** OpenCode hands its own drawing library to plugins; nothing is drawn where this version has another one. */
  async hang(api: TuiApi): Promise<void> {
    if (!api.slots) return;
    const { TextRenderable } = await import("@opentui/core");
    const draw = (): Line => {
      const line = new TextRenderable(api.renderer, { content: this.words, fg: api.theme.current.textMuted });
      this.lines.add(line);
      return line;
    };
    api.slots.register({ order: ORDER, slots: Object.fromEntries(PLACES.map((place) => [place, draw])) });
  }

  show(words: string): void {
    if (words === this.words) return;
    this.words = words;
    for (const line of this.lines) {
      if (line.isDestroyed) this.lines.delete(line);
      else line.content = words;
    }
  }
}
