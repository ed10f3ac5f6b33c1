/** The form of a question card: options by number, several where allowed, or own words. */
import type { Ask, Question } from "../words.ts";
import { el, onClick } from "./element.ts";

export interface QuestionForm {
  readonly parts: readonly HTMLElement[];
  /** False for one choice of one question, which is sent as it is chosen. */
  readonly needsSend: boolean;
  confirm(): void;
  choose(index: number): void;
}

interface Field {
  readonly node: HTMLElement;
  readonly question: Question;
  answers(): readonly string[];
  choose(index: number): void;
}

const field = (question: Question, alone: boolean, changed: () => void, confirm: () => void): Field => {
  const chosen = new Set<string>();
  const buttons = question.options.map((option, at) => {
    const node = el(
      "button",
      { type: "button", class: "option", "aria-pressed": "false", testid: "option" },
      el("kbd", { "aria-hidden": "true" }, at < 9 ? String(at + 1) : "·"),
      el("span", { class: "option-label" }, option.label),
      ...(option.description ? [el("span", { class: "option-description" }, option.description)] : []),
    );
    onClick(node, () => choose(at));
    return node;
  });
  const own = el("input", {
    type: "text",
    class: "own",
    placeholder: question.options.length ? "Or in your own words" : "Your answer",
    "aria-label": `Your own answer: ${question.text}`,
    autocomplete: "off",
    testid: "own-answer",
  });
  own.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) confirm();
  });
  const choose = (at: number): void => {
    const label = question.options[at]?.label;
    if (label === undefined) return;
    const had = chosen.has(label);
    if (!question.multiple) chosen.clear();
    if (had) chosen.delete(label);
    else chosen.add(label);
    buttons.forEach((node, each) =>
      node.setAttribute("aria-pressed", String(chosen.has(question.options[each]?.label ?? ""))),
    );
    changed();
  };
  const title = [question.header, question.text].filter(Boolean).join(": ");
  const legend = el("legend", { class: alone ? "sr" : "" }, title);
  const options = el("div", { class: question.multiple ? "options multiple" : "options" }, ...buttons);
  const rest = question.custom ? [own] : [];
  return {
    node: el("fieldset", {}, legend, options, ...rest),
    question,
    answers: () => [...chosen, ...(own.value.trim() ? [own.value.trim()] : [])],
    choose,
  };
};

export const questionForm = (ask: Ask, send: (answers: readonly (readonly string[])[]) => void): QuestionForm => {
  const first = ask.questions[0];
  const sentAtOnce = ask.questions.length === 1 && first !== undefined && !first.multiple && first.options.length > 0;
  const confirm = (): void => {
    const answers = fields.map((each) => each.answers());
    if (answers.some((each) => each.length > 0)) send(answers);
  };
  const changed = sentAtOnce ? confirm : (): void => undefined;
  const alone = ask.questions.length === 1 && (!ask.title || ask.title === first?.text);
  const fields: readonly Field[] = ask.questions.map((each) => field(each, alone, changed, confirm));
  return {
    parts: fields.map((each) => each.node),
    needsSend: !sentAtOnce || (first?.custom ?? false),
    confirm,
    choose: (index) => {
      const unanswered = fields.find((each) => each.question.options.length > 0 && each.answers().length === 0);
      (unanswered ?? fields.findLast((each) => each.question.options.length > 0))?.choose(index);
    },
  };
};
