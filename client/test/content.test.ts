import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines } from "../src/content/diff.ts";
import { grow, markdown, safeLink, START, type Leaf } from "../src/content/markdown.ts";
import { append, EMPTY, HEAD, TAIL } from "../src/state/clip.ts";

const words = (leaf: Leaf): string => (typeof leaf === "string" ? leaf : leaf.children.map(words).join(""));
const tags = (leaf: Leaf): string[] => (typeof leaf === "string" ? [] : [leaf.tag, ...leaf.children.flatMap(tags)]);
const hrefs = (leaf: Leaf): string[] =>
  typeof leaf === "string" ? [] : [...(leaf.href ? [leaf.href] : []), ...leaf.children.flatMap(hrefs)];

test("Markdown becomes a tree of plain tags", () => {
  const tree = markdown("# Result\n\n**3** tests `fail`:\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
  assert.deepEqual(tree.map((leaf) => (typeof leaf === "string" ? leaf : leaf.tag)), ["h3", "p", "ol", "div"]);
  assert.deepEqual(tags(tree[1] as Leaf), ["p", "strong", "code"]);
  assert.equal(words(tree[1] as Leaf), "3 tests fail:");
});

test("markup in the text stays text", () => {
  const hostile = "<img src=x onerror=alert(1)> <b>bold</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![i](https://e.org/i.png)";
  const tree = markdown(hostile);
  assert.deepEqual([...new Set(tree.flatMap(tags))], ["p"]);
  assert.deepEqual(tree.flatMap(hrefs), []);
  const text = tree.map(words).join("\n");
  assert.ok(text.includes("<script>alert(1)</script>") && text.includes("onerror") && text.includes("[image: i]"));
});

test("links are web links only", () => {
  assert.equal(safeLink("https://example.org/a"), "https://example.org/a");
  for (const href of ["javascript:alert(1)", "data:text/html,x", "//example.org", "/etc/passwd", "file:///etc", " javascript:x"]) {
    assert.equal(safeLink(href), null);
  }
  assert.deepEqual(markdown("[docs](https://example.org)").flatMap(hrefs), ["https://example.org"]);
});

test("entities are read in text and left alone in code", () => {
  assert.equal(markdown("a &lt; b & c `&lt;`").map(words).join(""), "a < b & c &lt;");
});

test("a fence of diff is coloured, an open fence too", () => {
  const [block] = markdown("```diff\n-old\n+new\n");
  assert.ok(typeof block === "object" && block.class === "code diff");
  const classes = block.children.map((leaf) => (typeof leaf === "string" ? "" : leaf.class));
  assert.deepEqual(classes, ["line del", "line add"]);
});

test("growing text gives the same blocks as the whole, whatever the pieces", () => {
  const source = "# A\n\npara one\nmore\n\n- x\n- y\n\n  z\n\n```py\ncode\n\n# not a heading\n```\n\nTitle\n=====\n\nend *soft*\n";
  const whole = markdown(source).map((leaf) => [tags(leaf), words(leaf)]);
  for (const step of [1, 2, 3, 7, 50, 500]) {
    let state = START;
    const settled: Leaf[] = [];
    for (let at = step; at < source.length + step; at += step) {
      state = grow(state, source.slice(0, at), false);
      settled.push(...state.settled);
    }
    state = grow(state, source, true);
    assert.deepEqual([...settled, ...state.settled, ...state.open].map((leaf) => [tags(leaf), words(leaf)]), whole, `step ${step}`);
  }
});

test("hostile nesting and long runs do not overflow the stack", () => {
  const hostile = [">".repeat(20_000), "- ".repeat(10_000), "> - ".repeat(6_000), "1. ".repeat(8_000), "[".repeat(24_000), "*a ".repeat(8_000)];
  for (const source of hostile) assert.ok(markdown(source).map(words).join("").length > 1_000);
  assert.ok(markdown("> ".repeat(12) + "deep").flatMap(tags).includes("blockquote"));
});

test("a diff knows headers from changed lines", () => {
  const kinds = diffLines("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n--- was a rule\n+++ now\n\\ No newline at end of file").map((line) => line.kind);
  assert.deepEqual(kinds, ["meta", "meta", "hunk", "same", "del", "add", "meta"]);
  const bare = diffLines("-- sql comment\n+a\n-b").map((line) => line.kind);
  assert.deepEqual(bare, ["del", "add", "del"]);
});

test("a long diff keeps its first and last lines and says how many are left out", () => {
  const lines = diffLines(Array.from({ length: 1_000 }, (_, at) => `+${at}`).join("\n"), 90);
  assert.equal(lines.length, 91);
  assert.deepEqual([lines[0]?.text, lines[60]?.text, lines.at(-1)?.text], ["+0", "… 910 lines left out …", "+999"]);
  assert.ok((diffLines(`+${"x".repeat(100_000)}`)[0]?.text.length ?? 0) < 1_100);
});

test("a clip keeps head and tail and never half a character", () => {
  const full = append(append(EMPTY, "a".repeat(HEAD - 1)), `😀${"b".repeat(TAIL)}😀`);
  assert.equal(full.head.length + full.tail.length + full.omitted, HEAD - 1 + TAIL + 4);
  for (const end of [full.head, full.tail]) assert.doesNotThrow(() => encodeURIComponent(end));
  assert.ok(full.tail.endsWith("😀") && full.tail.length <= TAIL);
});
