/** The plain tree of Markdown and diffs as nodes of the page. */
import type { DiffLine } from "../content/diff.ts";
import { exactly } from "../content/exact.ts";
import type { Leaf } from "../content/markdown.ts";
import { el } from "./element.ts";

const LINK = { rel: "noopener noreferrer nofollow", target: "_blank" };

export const nodeOf = (leaf: Leaf): Node | string => {
  if (typeof leaf === "string") return leaf;
  const attributes: Record<string, string | undefined> = { class: leaf.class };
  if (leaf.href) Object.assign(attributes, LINK, { href: leaf.href });
  if (leaf.start !== undefined) attributes["start"] = String(leaf.start);
  if (leaf.tag === "pre") attributes["tabindex"] = "0";
  return el(leaf.tag, attributes, ...leaf.children.map(nodeOf));
};

/** For text that is consented to: each sign that could deceive the eye stands out. */
export const exactNodes = (text: string): (Node | string)[] =>
  exactly(text).map((piece) =>
    piece.kind === "plain" ? piece.text : el("mark", { class: piece.kind, title: piece.name }, piece.text),
  );

export const diffNode = (lines: readonly DiffLine[], label: string): HTMLElement =>
  el(
    "pre",
    { class: "code diff", tabindex: "0", "aria-label": label, testid: "diff" },
    ...lines.map((line) => el("span", { class: `line ${line.kind}` }, ...exactNodes(line.text), "\n")),
  );
