/** Building blocks of the page; text only ever enters as text. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(name === "testid" ? "data-testid" : name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** One of the symbols of index.html. */
export const icon = (name: string): SVGSVGElement => {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
};

/** A part of index.html; a page without it is a wrong build. */
export const part = (id: string): HTMLElement => {
  const node = document.getElementById(id);
  if (!node) throw new Error(`index.html lacks #${id}`);
  return node;
};

export const write = (node: Node, text: string): void => {
  if (node.textContent !== text) node.textContent = text;
};

export const show = (node: HTMLElement, visible: boolean): void => {
  if (node.hidden === visible) node.hidden = !visible;
};

export const onClick = (node: HTMLElement, act: () => void): void =>
  node.addEventListener("click", (event) => {
    // After a pointer click the focus would stay, and Space, held to talk, would press the button again.
    if (event.detail > 0) node.blur();
    act();
  });

export interface View<T> {
  readonly node: HTMLElement;
  update(item: T): void;
}

/** A list on the page that follows a list of values by key and touches only what changed. */
export class Keyed<T extends { readonly key: string }> {
  readonly #host: HTMLElement;
  readonly #make: (item: T) => View<T>;
  readonly #shown = new Map<string, { readonly view: View<T>; item: T }>();
  #items: readonly T[] = [];

  constructor(host: HTMLElement, make: (item: T) => View<T>) {
    this.#host = host;
    this.#make = make;
  }

  show(items: readonly T[]): boolean {
    if (items === this.#items) return false;
    this.#items = items;
    this.#drop(new Set(items.map((item) => item.key)));
    let cursor = this.#host.firstElementChild;
    for (const item of items) {
      const { node } = this.#viewOf(item);
      if (node === cursor) cursor = cursor.nextElementSibling;
      else this.#host.insertBefore(node, cursor);
    }
    return true;
  }

  get(key: string): View<T> | null {
    return this.#shown.get(key)?.view ?? null;
  }

  #viewOf(item: T): View<T> {
    const known = this.#shown.get(item.key);
    if (known) {
      if (known.item !== item) known.view.update(item);
      known.item = item;
      return known.view;
    }
    const view = this.#make(item);
    view.update(item);
    this.#shown.set(item.key, { view, item });
    return view;
  }

  #drop(wanted: ReadonlySet<string>): void {
    for (const [key, { view }] of this.#shown) {
      if (wanted.has(key)) continue;
      view.node.remove();
      this.#shown.delete(key);
    }
  }
}

const NEAR_END = 48;

/** Keeps the newest in view unless the reader went back; `button` then leads to the newest. */
export class Scroller {
  readonly #box: HTMLElement;
  readonly #button: HTMLElement;
  #atEnd = true;

  constructor(box: HTMLElement, button: HTMLElement) {
    this.#box = box;
    this.#button = button;
    box.addEventListener("scroll", () => this.#look(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.grew()).observe(box);
  }

  grew(): void {
    if (this.#atEnd) this.#box.scrollTop = this.#box.scrollHeight;
    else this.#look();
  }

  toEnd(): void {
    this.#atEnd = true;
    this.grew();
    show(this.#button, false);
  }

  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    show(this.#button, !this.#atEnd);
  }
}
