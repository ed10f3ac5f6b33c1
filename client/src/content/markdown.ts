/** Markdown as a plain tree of allowed tags: no markup from the text ever becomes markup of the page. */
import { Lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { diffLines } from "./diff.ts";

export type Tag =
  | "p" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "blockquote" | "pre" | "code" | "strong" | "em" | "del"
  | "a" | "br" | "hr" | "table" | "thead" | "tbody" | "tr" | "th" | "td" | "span" | "div";

export interface Branch {
  readonly tag: Tag;
  readonly children: readonly Leaf[];
  readonly class?: string;
  readonly href?: string;
  readonly start?: number;
}

export type Leaf = string | Branch;

/** Inline text beyond this is shown as it is: the lexer takes quadratic time on hostile runs of marks. */
const INLINE_MAX = 6_000;
const NESTING_MAX = 12;

const branch = (tag: Tag, children: readonly Leaf[], more: Omit<Branch, "tag" | "children"> = {}): Branch => ({
  tag,
  children,
  ...more,
});

const HEADINGS: readonly Tag[] = ["h3", "h3", "h4", "h5", "h6", "h6"];

export const safeLink = (href: string): string | null => {
  if (!URL.canParse(href)) return null;
  const { protocol } = new URL(href);
  return protocol === "https:" || protocol === "http:" ? href : null;
};

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
/** The lexer leaves entities alone; these are what people and models write. */
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => NAMED[name] ?? all);

const codeBlock = (code: string, lang: string): Branch => {
  if (/^(diff|patch)\b/.test(lang)) return branch("pre", diffBranches(code), { class: "code diff" });
  return branch("pre", [branch("code", [code])], { class: "code" });
};

const diffBranches = (diff: string): Branch[] =>
  diffLines(diff).map((line) => branch("span", [`${line.text}\n`], { class: `line ${line.kind}` }));

const link = (token: Tokens.Link, depth: number): Leaf[] => {
  const children = leaves(token.tokens, depth);
  const href = safeLink(token.href);
  return href === null ? children : [branch("a", children, { href })];
};

const item = (token: Tokens.ListItem, depth: number): Branch => {
  const box = token.task ? [token.checked ? "☑ " : "☐ "] : [];
  const content = token.tokens.filter((each) => each.type !== "checkbox");
  return branch("li", [...box, ...leaves(content, depth)], token.task ? { class: "task" } : {});
};

const list = (token: Tokens.List, depth: number): Branch => {
  const items = token.items.map((each) => item(each, depth));
  const start = typeof token.start === "number" && token.start !== 1 ? { start: token.start } : {};
  return branch(token.ordered ? "ol" : "ul", items, start);
};

const table = (token: Tokens.Table, depth: number): Branch => {
  const cells = (row: Tokens.TableCell[], tag: Tag): Branch =>
    branch("tr", row.map((cell) => branch(tag, leaves(cell.tokens, depth))));
  const body = token.rows.map((row) => cells(row, "td"));
  const inner = [branch("thead", [cells(token.header, "th")]), branch("tbody", body)];
  return branch("div", [branch("table", inner)], { class: "table" });
};

const textLeaves = (token: Tokens.Text | Tokens.Tag, depth: number): Leaf[] =>
  "tokens" in token && token.tokens ? leaves(token.tokens, depth) : [plain(token.text)];

const leaf = (generic: Token, depth: number): Leaf[] => {
  const token = generic as MarkedToken;
  switch (token.type) {
    case "space":
    case "def":
    case "checkbox":
      return [];
    case "paragraph":
      return [branch("p", leaves(token.tokens, depth))];
    case "heading":
      return [branch(HEADINGS[token.depth - 1] ?? "h6", leaves(token.tokens, depth))];
    case "code":
      return [codeBlock(token.text, token.lang ?? "")];
    case "blockquote":
      return [branch("blockquote", leaves(token.tokens, depth))];
    case "list":
      return [list(token, depth)];
    case "table":
      return [table(token, depth)];
    case "hr":
    case "br":
      return [branch(token.type, [])];
    case "strong":
    case "em":
    case "del":
      return [branch(token.type, leaves(token.tokens, depth))];
    case "codespan":
      return [branch("code", [token.text])];
    case "link":
      return link(token, depth);
    case "image":
      return [`[image: ${plain(token.text) || token.href}]`];
    case "text":
      return textLeaves(token, depth);
    default:
      return [token.raw];
  }
};

const leaves = (tokens: readonly Token[] | undefined, depth: number): Leaf[] => {
  const nested = tokens ?? [];
  if (depth >= NESTING_MAX) return nested.map((token) => token.raw);
  return nested.flatMap((token) => leaf(token, depth + 1));
};

/** Thirteen or more quote or list marks on one line nest the lexer until its stack overflows; same length on purpose. */
const NESTED = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){13,}/gm;
const flatten = (source: string): string => source.replace(NESTED, (marks) => marks.replace(/[>\-+*.)]/g, "·"));

const lex = (source: string): Token[] => {
  const lexer = new Lexer();
  const tokens: Token[] = lexer.blockTokens(flatten(source), lexer.tokens);
  for (let next = lexer.inlineQueue.shift(); next; next = lexer.inlineQueue.shift()) {
    if (next.src.length <= INLINE_MAX) lexer.inlineTokens(next.src, next.tokens);
    else next.tokens.push({ type: "text", raw: next.src, text: next.src });
  }
  return tokens;
};

/** All of a text at once; lines end with a plain newline. */
export const markdown = (source: string): Leaf[] => leaves(lex(source), 0);

/** A text that grows: blocks that can no longer change, and those that still may. */
export interface Growing {
  /** Characters of the source that the settled blocks cover. */
  readonly settledTo: number;
  /** Blocks that became final with this step, in order. */
  readonly settled: readonly Leaf[];
  readonly open: readonly Leaf[];
}

export const START: Growing = { settledTo: 0, settled: [], open: [] };

/** Lexes only what is not settled yet; the last block stays open because the next piece may belong to it. */
export const grow = (before: Growing, source: string, done: boolean): Growing => {
  const rest = source.slice(before.settledTo);
  const tokens = lex(rest);
  if (done) return { settledTo: before.settledTo, settled: [], open: leaves(tokens, 0) };
  const last = tokens.findLastIndex((token) => token.type !== "space");
  const firm = tokens.slice(0, Math.max(0, last));
  const length = firm.reduce((sum, token) => sum + token.raw.length, 0);
  return { settledTo: before.settledTo + length, settled: leaves(firm, 0), open: leaves(tokens.slice(Math.max(0, last)), 0) };
};
