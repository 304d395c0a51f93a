// The overlay: a sheet with the errors above the page, and a panel in its corner with the rest. It
// stands outside the body, in a shadow tree, so that neither the page nor its styles meet it. What is
// to be seen is made anew each time and morphed in, which keeps the focus and what was typed.
import { morph } from "./morph.js";
import { asOf } from "./instant.js";
import { away as whereIs } from "./marks.js";
import { store, stored } from "./place.js";
import { reading, wordsIn } from "./words.js";

// el makes an element. Texts become text nodes, never HTML; what is false or null is left out.
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== ""));
  return element;
}

export class Panel {
  #frame;
  #act; // what only the page can do: show(instant), reveal(element)
  #view = { state: null, shown: false, stopped: false, away: null, open: stored("candor-panel") === "open", folded: stored("candor-sheet") === "folded" };

  constructor(style, act) {
    this.#act = act;
    const host = document.createElement("candor-preview"), root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#frame = el("div", { class: "frame" });
    root.append(this.#frame);
    root.addEventListener("click", (event) => this.#do(event.target.closest("[data-do]")?.dataset ?? {}));
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = this.#frame.querySelector("input").value;
      if (at) this.#act.show(at);
    });
    addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.#escape(root.activeElement));
    addEventListener("scroll", () => this.#view.away && this.update({ away: whereIs([this.#view.away.element]) }), { passive: true });
    setInterval(() => document.hidden || this.update({}), 1000);
    document.documentElement.append(host);
  }

  // update changes what is known, and shows it.
  update(news) {
    Object.assign(this.#view, news);
    const { state } = this.#view;
    if (!state) return;
    if (!state.errors) this.#fold("folded", "candor-sheet", false); // mended: the next error is a new one
    const frame = el("div", { class: "frame", lang: state.lang }, ...draw(this.#view, wordsIn(state.lang)));
    if (!frame.isEqualNode(this.#frame)) morph(this.#frame, frame);
  }

  #fold(name, key, yes) {
    this.#view[name] = yes;
    store(key, yes ? name : null);
  }

  #do({ do: action, at }) {
    if (action === "at") this.#act.show(at);
    if (action === "panel") this.#fold("open", "candor-panel", !this.#view.open);
    if (action === "sheet") this.#fold("folded", "candor-sheet", !this.#view.folded);
    if (action === "reveal") {
      this.#act.reveal(this.#view.away.element);
      this.#view.away = null;
    }
    const within = this.#frame.getRootNode().activeElement;
    if (action) this.update({});
    if (action === "sheet" && within) this.#frame.querySelector('[data-do="sheet"]').focus(); // its other button
  }

  // Escape folds what has the focus, and otherwise what covers most.
  #escape(focused) {
    if (this.#view.open && focused?.closest(".panel")) return this.#do({ do: "panel" });
    if (this.#view.state?.errors && !this.#view.folded) return this.#do({ do: "sheet" });
    if (this.#view.open) this.#do({ do: "panel" });
  }
}

// draw makes all that is seen, from all that is known.
function draw(view, say) {
  const { state } = view;
  const counts = say.and([say.errors(state.counts.errors), state.counts.warnings > 0 && say.warnings(state.counts.warnings)].filter(Boolean));
  const broken = state.errors && say.notPublished(counts);
  const now = state.frozen ? Date.parse(state.at) : Date.now();
  return [
    broken && !view.folded && sheet(view, say, broken),
    el("aside", { class: "panel", "aria-label": say.preview },
      view.stopped && el("p", { class: "stopped", role: "status" }, say.stopped),
      state.problem && el("p", { class: "problem", role: "status" }, state.problem),
      broken && view.folded && el("p", { class: "row" }, el("span", {}, broken), el("button", { type: "button", "data-do": "sheet" }, say.showErrors)),
      whichInstant(state, say),
      view.away && el("button", { type: "button", class: "wide", "data-do": "reveal" }, view.away.above ? say.changedAbove : say.changedBelow),
      el("button", { type: "button", class: "wide line", "data-do": "panel", "aria-expanded": String(view.open) }, el("span", {}, summary(state, say, now))),
      view.open && details(state, say, now)),
  ].filter(Boolean);
}

function sheet(view, say, broken) {
  return el("section", { class: "sheet", role: "alertdialog", "aria-modal": "false", "aria-labelledby": "broken", "aria-describedby": "errors" },
    el("div", { class: "row" },
      el("h2", { id: "broken" }, broken + (view.state.lang === "zh" ? "" : " ") + (view.shown ? say.below : say.none)),
      el("button", { type: "button", "data-do": "sheet" }, say.fold, " ", el("kbd", {}, "Esc"))),
    el("pre", { id: "errors", tabindex: "0", role: "group", "aria-label": say.errorText }, view.state.errors));
}

// whichInstant is the line that stands as long as the page is not that of now.
function whichInstant(state, say) {
  if (!state.asOf) return null;
  return el("p", { class: "row instant" },
    el("span", {}, state.fault ? say.cannot(state.asOf, state.fault) : say.asOf(say.time(state.at))),
    el("a", { href: asOf(location.href, ""), "data-instant": "own" }, say.back));
}

function summary(state, say, now) {
  const [owed] = state.owed;
  const first = [say.warnings(state.counts.warnings), say.dot];
  if (owed) return [...first, ...say.next(nameOf(owed, say), until(owed.due, say, now))];
  if (state.nextChange) return [...first, say.change, " ", until(state.nextChange, say, now)];
  return [...first, say.nothingOwed];
}

const nameOf = (owed, say) => say.kinds[owed.kind]?.(owed.incident) ?? say.kind(owed.kind, owed.incident);

// whole is a text that no line may break, such as a number and its unit.
const whole = (text) => el("span", { class: "whole" }, text);

function until(time, say, now) {
  const seconds = (Date.parse(time) - now) / 1000;
  return whole(seconds < 0 ? say.late(say.duration(-seconds)) : say.left(say.duration(seconds)));
}

function details(state, say, now) {
  const then = (time, what) => el("button", { type: "button", "data-do": "at", "data-at": reading(time), "aria-label": say.then + ": " + what }, say.then);
  const when = (time) => el("div", { class: "when" }, whole(say.time(time)), until(time, say, now));
  return el("div", { class: "details" },
    state.frozen && !state.asOf && el("p", {}, say.frozen(say.time(state.at))),
    state.warnings && [el("h2", {}, say.warningsTitle), el("pre", { tabindex: "0", role: "group", "aria-label": say.warningsTitle }, state.warnings)],
    state.owed.length > 0 && [el("h2", {}, say.owed), el("ul", {}, ...state.owed.map((owed) => {
      const name = nameOf(owed, say);
      return el("li", { class: "row" },
        el("div", {}, owed.url ? el("a", { href: owed.url }, name) : el("b", {}, name), owed.what && el("p", {}, owed.what), when(owed.due)),
        then(owed.due, name));
    }))],
    state.nextChange && el("div", { class: "row" }, el("div", {}, el("b", {}, say.change), when(state.nextChange)), then(state.nextChange, say.change)),
    el("form", { novalidate: "" },
      el("label", { for: "at" }, say.showAsOf(say.zone(state.at))),
      el("div", { class: "row" },
        el("input", { id: "at", type: "datetime-local", step: "60", value: reading(state.at).slice(0, 16) }),
        el("button", { type: "submit" }, say.show)),
      el("div", { class: "buttons" },
        el("button", { type: "button", "data-do": "at", "data-at": "", disabled: state.asOf ? null : "" }, say.now),
        el("button", { type: "button", "data-do": "at", "data-at": reading(state.nextChange), disabled: state.nextChange ? null : "" }, say.nextChange))));
}
