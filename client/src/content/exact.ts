/** Text that must be read exactly: what nobody would see, or what looks like something else, is shown as such. */

export interface Piece {
  readonly kind: "plain" | "hidden" | "odd";
  readonly text: string;
  /** Code points in words, of what is not plain. */
  readonly name: string;
}

/** Controls, marks that turn or join text, unassigned and private signs, blanks that are no blank; long empty runs. */
const UNUSUAL =
  /(?<gap>[ \t]{32,}|(?:[ \t]{0,31}\n){4,})|(?<hidden>(?![\n\t ])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800])|(?<odd>[^\p{ASCII}]+?(?=$|\p{ASCII}|\p{C}|\p{Z}|\p{Default_Ignorable_Code_Point}|\u2800))/gu;

const MOST = 16;
const names = (text: string): string => {
  const points = [...text].map((each) => `U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? ""}`);
  return points.length > MOST ? `${points.slice(0, MOST).join(" ")} …` : points.join(" ");
};

const gap = (run: string): Piece => {
  const lines = run.split("\n").length - 1;
  const name = lines ? `${lines} line breaks` : `${run.length} blanks`;
  return { kind: "hidden", text: `⟨${name}⟩`, name };
};

/** Nothing is left out: the plain pieces and the named ones stand in their order. */
export const exactly = (text: string): Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) pieces.push({ kind: "plain", text: text.slice(at, to), name: "" });
  };
  for (const match of text.matchAll(UNUSUAL)) {
    plain(match.index);
    at = match.index + match[0].length;
    if (match.groups?.["gap"]) pieces.push(gap(match[0]), { kind: "plain", text: match[0].includes("\n") ? "\n" : " ", name: "" });
    else if (match.groups?.["hidden"]) pieces.push({ kind: "hidden", text: `⟨${names(match[0])}⟩`, name: names(match[0]) });
    else pieces.push({ kind: "odd", text: match[0], name: names(match[0]) });
  }
  plain(text.length);
  return pieces;
};
