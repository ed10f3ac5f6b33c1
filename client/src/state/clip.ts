/** Text that grows without bound, kept as its head and its tail. */

export const HEAD = 24_000;
export const TAIL = 12_000;

export interface Clip {
  readonly head: string;
  readonly tail: string;
  /** Characters between head and tail that were let go. */
  readonly omitted: number;
}

export const EMPTY: Clip = { head: "", tail: "", omitted: 0 };

/** Ends of a text must not split a surrogate pair, or the page would show a replacement mark. */
const isLowHalf = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

export const append = (clip: Clip, more: string): Clip => {
  let room = Math.max(0, HEAD - clip.head.length);
  if (clip.tail || clip.omitted) room = 0;
  if (room < more.length && isLowHalf(more.charCodeAt(room))) room = Math.max(0, room - 1);
  const head = clip.head + more.slice(0, room);
  const tail = clip.tail + more.slice(room);
  let cut = Math.max(0, tail.length - TAIL);
  if (cut > 0 && isLowHalf(tail.charCodeAt(cut))) cut += 1;
  return { head, tail: tail.slice(cut), omitted: clip.omitted + cut };
};
