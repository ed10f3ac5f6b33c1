/** Key presses of the whole page as plain values. */
import type { Press } from "../state/keys.ts";

const TEXT = "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])";
const CONTROL = "button, a[href], summary, input";

const where = (target: EventTarget | null): Press["where"] => {
  if (!(target instanceof Element)) return "page";
  if (target.closest(TEXT)) return "text";
  return target.closest(CONTROL) ? "control" : "page";
};

/** `pressed` says whether it took the key; `released` is told of Space and of lost focus. */
export const keyboard = (pressed: (press: Press) => boolean, released: () => void): void => {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const press: Press = {
      key: event.key,
      repeat: event.repeat,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      where: where(event.target),
    };
    if (pressed(press)) event.preventDefault();
    if (press.key === "Escape" && event.target instanceof HTMLElement && press.where === "text") event.target.blur();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") released();
  });
  window.addEventListener("blur", released);
};
