/** What was heard and spoken, as lines. */
import { splitHeard, type HeardLine, type Line, type SpokenLine } from "../state/conversation.ts";
import { el, icon, Keyed, part, Scroller, show, write, type View } from "./element.ts";

const HEARD_NOTES: Readonly<Record<HeardLine["state"], string>> = {
  interim: "",
  sent: "",
  draft: "not sent yet",
  command: "command",
  reply: "your answer",
  ignored: "not sent",
};

const SPOKEN_NOTES: Readonly<Record<SpokenLine["state"], string>> = {
  queued: "waits to be spoken",
  begun: "",
  said: "",
  cut: "interrupted",
  dropped: "not spoken",
  unvoiced: "not heard",
};

const note = (line: HeardLine): string => {
  const words = HEARD_NOTES[line.state];
  const why = line.state === "ignored" || line.state === "draft" ? line.reason : line.command.replaceAll("_", " ");
  return [words, why].filter(Boolean).join(": ");
};

const heardView = (): View<HeardLine> => {
  const who = el("span", { class: "who" });
  const about = el("span", { class: "about" });
  const words = el("p", { class: "words", testid: "caption" });
  const node = el("li", { class: "line heard", testid: "heard" }, el("div", { class: "meta" }, who, about), words);
  return {
    node,
    update: (line) => {
      node.dataset["state"] = line.final ? line.state : "interim";
      node.dataset["source"] = line.source;
      write(who, line.source === "typed" ? "You, typed" : "You");
      write(about, line.final ? note(line) : "");
      write(words, line.text);
    },
  };
};

const spokenView = (): View<SpokenLine> => {
  const about = el("span", { class: "about" });
  const reached = el("span");
  const missed = el("span", { class: "missed" });
  const who = el("span", { class: "who" }, icon("sound"), "Spoken");
  const words = el("p", { class: "words" }, reached, missed);
  const node = el("li", { class: "line spoken", testid: "spoken" }, el("div", { class: "meta" }, who, about), words);
  return {
    node,
    update: (line) => {
      const [heard, lost] = splitHeard(line);
      node.dataset["state"] = line.state;
      write(about, SPOKEN_NOTES[line.state]);
      write(reached, heard);
      write(missed, lost);
    },
  };
};

const markView = (): View<Line> => {
  const node = el("li", { class: "mark", testid: "mark" });
  return { node, update: (line) => write(node, line.text) };
};

/** A line never changes its kind, so its view is made for that kind. */
const viewOf = (line: Line): View<Line> => {
  switch (line.kind) {
    case "heard":
      return heardView() as View<Line>;
    case "spoken":
      return spokenView() as View<Line>;
    case "mark":
      return markView();
  }
};

export const conversation = (): ((lines: readonly Line[]) => void) => {
  const lines = new Keyed<Line>(part("lines"), viewOf);
  const scroller = new Scroller(part("talk-box"), part("talk-newest"));
  const empty = part("talk-empty");
  return (now) => {
    if (!lines.show(now)) return;
    show(empty, now.length === 0);
    scroller.grew();
  };
};
