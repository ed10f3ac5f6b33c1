/** Unified diffs as coloured lines, and long texts as their first and last lines. */

export type DiffKind = "add" | "del" | "hunk" | "meta" | "same" | "left-out";

export interface DiffLine {
  readonly kind: DiffKind;
  readonly text: string;
}

const META = /^(diff |index |--- |\+\+\+ |new file|deleted file|similarity|rename |Index: |={10,})/;

const kindOf = (line: string, inHunk: boolean): DiffKind => {
  if (line.startsWith("@@")) return "hunk";
  if (!inHunk && META.test(line)) return "meta";
  if (line.startsWith("+")) return "add";
  if (line.startsWith("-")) return "del";
  return line.startsWith("\\") ? "meta" : "same";
};

const LINE_MAX = 1_000;
const shorten = (line: string): string =>
  line.length > LINE_MAX ? `${line.slice(0, LINE_MAX)} … ${line.length - LINE_MAX} more characters` : line;

/** `---` and `+++` are headers only where a hunk follows, else they are changed lines. */
export const diffLines = (diff: string, most = 400): DiffLine[] => {
  const lines = diff.replace(/\n$/, "").split("\n");
  let inHunk = !META.test(lines[0] ?? "");
  const all = lines.map((line, at): DiffLine => {
    const headers = line.startsWith("--- ") && lines[at + 1]?.startsWith("+++ ") && lines[at + 2]?.startsWith("@@");
    const opensFile = line.startsWith("diff --git ") || headers;
    if (opensFile) inHunk = false;
    const kind = kindOf(line, inHunk);
    if (kind === "hunk") inHunk = true;
    return { kind, text: shorten(line) };
  });
  if (all.length <= most) return all;
  const head = Math.ceil((most * 2) / 3);
  const left = all.length - most;
  return [
    ...all.slice(0, head),
    { kind: "left-out", text: `… ${left} lines left out …` },
    ...all.slice(head + left),
  ];
};
