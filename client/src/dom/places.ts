/** The sessions, one button each, while there are several. */
import { nextPlace, places, type Place } from "../state/places.ts";
import type { Page } from "../state/page.ts";
import { el, Keyed, onClick, part, show, write, type View } from "./element.ts";
import type { Intents } from "./intents.ts";

const placeView = (intents: Intents) => (first: Place): View<Place> => {
  let place = first;
  const name = el("span", { class: "place-name" });
  const state = el("span", { class: "place-state" });
  const button = el("button", { type: "button", class: "place", testid: "place" }, name, " ", state);
  onClick(button, () => place.here || intents.goTo(place.id));
  return {
    node: el("li", {}, button),
    update: (now) => {
      const arrived = now.here && button.getAttribute("aria-current") !== "true";
      place = now;
      button.setAttribute("aria-current", String(now.here));
      button.dataset["state"] = now.state;
      button.title = now.name;
      write(name, now.name);
      write(state, now.state);
      if (arrived) requestAnimationFrame(() => button.scrollIntoView({ block: "nearest", inline: "nearest" }));
    },
  };
};

export interface Places {
  show(page: Page): void;
  /** To who needs the user, else to the next one; Enter goes there. */
  focus(): void;
}

export const placeList = (intents: Intents): Places => {
  const host = part("places");
  const list = new Keyed<Place>(part("place-list"), placeView(intents));
  let status: Page["status"] = null;
  return {
    show: (page) => {
      if (page.status === status) return;
      status = page.status;
      const all = places(status);
      show(host, all.length > 0);
      list.show(all);
    },
    focus: () => {
      const next = nextPlace(places(status));
      if (next) list.get(next.key)?.node.querySelector("button")?.focus();
    },
  };
};
