// The overlay: a sheet with the errors above the page, and a panel in its corner with the rest. It
// stands outside the body, in a shadow tree, so that neither the page nor its styles meet it. What is
// to be seen is made anew each time and morphed in, which keeps the focus and what was typed.
import { morph } from "./morph.js";
import { asOf } from "./instant.js";
import { away as whereIs } from "./marks.js";
import { store, stored } from "./place.js";
import { reading } from "./words.js";

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
  #words;
  #view = { state: null, shown: false, stopped: false, away: null, open: stored("candor-panel") === "open", folded: stored("candor-sheet") === "folded" };

  constructor(style, words, act) {
    this.#act = act;
    this.#words = words;
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
    const frame = el("div", { class: "frame", lang: state.lang }, ...draw(this.#view, this.#words));
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
function draw(view, words) {
  const { state } = view, { say, count } = words;
  const errors = count(state.counts.errors, "%d error", "%d errors"), { warnings } = state.counts;
  const broken = state.errors && say("Not published: %s.", warnings ? say("%s, %s", errors, words.warnings(warnings)) : errors);
  const now = state.frozen ? Date.parse(state.at) : Date.now();
  return [
    broken && !view.folded && sheet(view, words, broken),
    el("aside", { class: "panel", "aria-label": say("Preview") },
      view.stopped && el("p", { class: "stopped", role: "status" }, say("Preview stopped: candor watch is not running.")),
      state.problem && el("p", { class: "problem", role: "status" }, state.problem),
      broken && view.folded && el("p", { class: "row" }, el("span", {}, broken), el("button", { type: "button", "data-do": "sheet" }, say("Show"))),
      state.unfinished && el("p", { class: "unfinished" }, say("Not published yet: texts in [square brackets] are left to write.")),
      whichInstant(state, words),
      view.away && el("button", { type: "button", class: "wide", "data-do": "reveal" }, view.away.above ? say("Changed: above ↑") : say("Changed: below ↓")),
      el("button", { type: "button", class: "wide line", "data-do": "panel", "aria-expanded": String(view.open) }, el("span", {}, summary(state, words, now))),
      view.open && details(state, words, now)),
  ].filter(Boolean);
}

function sheet(view, { say }, broken) {
  return el("section", { class: "sheet", role: "alertdialog", "aria-modal": "false", "aria-labelledby": "broken", "aria-describedby": "errors" },
    el("div", { class: "row" },
      el("h2", { id: "broken" }, view.shown
        ? say("%s Below is the last version without errors.", broken)
        : say("%s There is no version without errors yet.", broken)),
      el("button", { type: "button", "data-do": "sheet" }, say("Fold"), " ", el("kbd", {}, "Esc"))),
    el("pre", { id: "errors", tabindex: "0", role: "group", "aria-label": say("Errors") }, view.state.errors));
}

// whichInstant is the line that stands as long as the page is not that of now.
function whichInstant(state, { say, time }) {
  if (!state.asOf) return null;
  return el("p", { class: "row instant" },
    el("span", {}, state.fault ? say("Not as of %s: %s", state.asOf, state.fault) : say("As of %s", time(state.at))),
    el("a", { href: asOf(location.href, ""), "data-instant": "own" }, say("back to now")));
}

function summary(state, words, now) {
  const [due] = state.deadlines, { say } = words;
  const first = [words.warnings(state.counts.warnings), " · "];
  if (due) return [...first, say("next: %s", words.deadline(due)), " ", until(due.due, words, now)];
  if (state.nextChange) return [...first, say("The site changes by itself"), " ", until(state.nextChange, words, now)];
  return [...first, say("Nothing due")];
}

function until(time, { say, duration }, now) {
  const seconds = (Date.parse(time) - now) / 1000;
  return el("span", {}, seconds < 0 ? say("late by %s", duration(-seconds)) : say("in %s", duration(seconds)));
}

function details(state, words, now) {
  const { say } = words, warnings = say("Warnings"), change = say("The site changes by itself");
  const then = (time, what) => el("button", { type: "button", "data-do": "at", "data-at": reading(time), "aria-label": say("As of then") + ": " + what }, say("As of then"));
  const when = (time) => el("div", { class: "when" }, el("span", { class: "whole" }, words.time(time)), until(time, words, now));
  return el("div", { class: "details" },
    state.frozen && !state.asOf && el("p", {}, say("The site shows %s.", words.time(state.at))),
    state.unfinished && [el("h2", {}, say("Left to write")), el("pre", { tabindex: "0", role: "group", "aria-label": say("Left to write") }, state.unfinished)],
    state.warnings && [el("h2", {}, warnings), el("pre", { tabindex: "0", role: "group", "aria-label": warnings }, state.warnings)],
    state.deadlines.length > 0 && [el("h2", {}, say("Due next")), el("ul", {}, ...state.deadlines.map((due) => {
      const name = words.deadline(due);
      return el("li", { class: "row" },
        el("div", {}, due.url ? el("a", { href: due.url }, name) : el("b", {}, name), due.what && el("p", {}, due.what), when(due.due)),
        then(due.due, name));
    }))],
    state.nextChange && el("div", { class: "row" }, el("div", {}, el("b", {}, change), when(state.nextChange)), then(state.nextChange, change)),
    el("form", { novalidate: "" },
      el("label", { for: "at" }, say("Show as of (%s)", words.zone(state.at))),
      el("div", { class: "row" },
        el("input", { id: "at", type: "datetime-local", step: "60", value: reading(state.at).slice(0, 16) }),
        el("button", { type: "submit" }, say("Show"))),
      el("div", { class: "buttons" },
        el("button", { type: "button", "data-do": "at", "data-at": "", disabled: state.asOf ? null : "" }, say("Now")),
        el("button", { type: "button", "data-do": "at", "data-at": reading(state.nextChange), disabled: state.nextChange ? null : "" }, say("Next change")))));
}
