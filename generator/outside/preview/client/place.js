// Where the reader is on the page: kept while the page changes, and across a new load.

// The browser would adjust the scroll position too, at a time of its own: one of the two has to do it.
const anchoringOff = new CSSStyleSheet();
anchoringOff.replaceSync("html, body { overflow-anchor: none !important }");

// anchor remembers what is at the top of the window; the function it returns brings that back there.
export function anchor() {
  if (scrollY <= 0) return () => {}; // at the beginning of a page one wants to see what is new there
  const seen = topmost();
  document.adoptedStyleSheets.push(anchoringOff);
  return () => {
    const still = seen.find(({ element }) => element.isConnected);
    if (still) scrollBy({ top: still.element.getBoundingClientRect().top - still.top, behavior: "instant" });
    requestAnimationFrame(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== anchoringOff);
    });
  };
}

// topmost lists elements at the top of the window, in the order of the page, without those that do not
// scroll with it. There are several because the first may be what goes away.
function topmost() {
  const seen = [];
  const moves = (element) => !["fixed", "sticky"].includes(getComputedStyle(element).position);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT, (element) => (moves(element) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
  while (seen.length < 40 && walk.nextNode()) {
    const { top, height } = walk.currentNode.getBoundingClientRect();
    if (height > 0 && top >= 0 && top < innerHeight) seen.push({ element: walk.currentNode, top });
  }
  return seen;
}

// keepFocus remembers what has the focus; the function it returns gives it back.
export function keepFocus() {
  const element = document.activeElement;
  if (!document.body.contains(element) || element === document.body) return () => {};
  const path = pathOf(element);
  return () => {
    const still = element.isConnected ? element : at(path);
    if (still && still !== document.activeElement) still.focus({ preventScroll: true });
  };
}

// pathOf says which element is meant: the nearest id above it, and the way down from there.
function pathOf(element) {
  const steps = [];
  let e = element;
  for (; e !== document.body && !e.id; e = e.parentElement) steps.unshift([...e.parentElement.children].indexOf(e));
  return { from: e.id, steps, kind: element.localName };
}

function at({ from, steps, kind }) {
  let e = from ? document.getElementById(from) : document.body;
  for (const step of steps) e = e?.children[step];
  return e?.localName === kind ? e : null;
}

const key = "candor-place";

// savePlace is for a new load of the page that is open, be it as of another instant.
export function savePlace() {
  const element = document.activeElement;
  const focus = element && element !== document.body && document.body.contains(element) ? pathOf(element) : null;
  store(key, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY, focus }));
}

// restorePlace goes back to the place that was saved, once.
export function restorePlace() {
  const saved = JSON.parse(stored(key) ?? "null");
  store(key, null);
  if (saved?.page !== location.pathname) return;
  if (saved.focus) at(saved.focus)?.focus({ preventScroll: true });
  const go = () => scrollTo({ left: saved.x, top: saved.y, behavior: "instant" });
  go();
  addEventListener("load", go, { once: true }); // the browser may have a place of its own in mind
}

// What a tab remembers; a browser may forbid that.
export function stored(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}
export function store(name, value) {
  try { value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value); } catch { /* then not */ }
}
