// What has changed is marked for a moment, in colours that can be seen on light and on dark.
const changed = { outline: "2px solid #b26a00", outlineOffset: "2px", backgroundColor: "rgb(255 176 0 / .22)" };
const most = 100; // of a page that is new altogether

// mark marks elements and returns those that it marked: what is inside another one is marked with it.
export function mark(elements) {
  const all = new Set(elements);
  const inside = (element) => {
    for (let e = element.parentElement; e; e = e.parentElement) if (e !== document.body && all.has(e)) return true;
    return false;
  };
  const marked = [...all].filter((e) => e.isConnected && e !== document.body && e.checkVisibility() && !inside(e)).slice(0, most);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const element of marked) {
    element.animate(still ? [changed, changed] : [{ offset: 0, ...changed }], { id: "candor-changed", duration: 1500 });
  }
  return marked;
}

// away returns the nearest of some elements and where it is, or null when one of them is in view. The
// foot of a page has the time of its version: it changes with everything else, and does not count.
export function away(elements) {
  const places = elements.filter((e) => !e.closest("footer")).map((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { element, distance: bottom <= 0 ? bottom : Math.max(0, top - innerHeight + 1) };
  });
  places.sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance));
  const [nearest] = places;
  return nearest && nearest.distance !== 0 ? { element: nearest.element, above: nearest.distance < 0 } : null;
}
