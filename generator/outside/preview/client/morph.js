// morph makes a live element equal to another one and returns the elements that a reader would see
// change. Nodes that are equal are not touched, and a node that can stay where it is stays: so what
// the browser knows of them survives, such as the focus, a selection or what was typed.
export function morph(live, wanted) {
  const changed = new Set(), lost = new Set();
  syncElement(live, wanted, { changed, lost });
  return changed.size > 0 ? [...changed] : [...lost]; // where something only went away, the place it left
}

function syncElement(live, wanted, seen) {
  if (syncAttributes(live, wanted)) seen.changed.add(live);
  if (live.localName !== "noscript") syncChildren(live, wanted, seen); // a browser with scripts keeps text there
}

// syncAttributes reports whether there was anything to do.
export function syncAttributes(live, wanted) {
  let any = false;
  const readers = (name) => name === "open" && (live.localName === "details" || live.localName === "dialog");
  for (const { name } of [...live.attributes]) {
    if (wanted.hasAttribute(name) || readers(name)) continue;
    live.removeAttribute(name);
    any = true;
  }
  for (const attribute of wanted.attributes) {
    if (live.getAttribute(attribute.name) === attribute.value || readers(attribute.name)) continue;
    live.setAttributeNode(attribute.cloneNode()); // with its namespace
    any = true;
  }
  return any;
}

function syncChildren(live, wanted, seen) {
  let have = [...live.childNodes], want = [...wanted.childNodes];
  // An edit is mostly one place in a long list: leave what is equal at both ends.
  let head = 0, tail = 0;
  while (head < Math.min(have.length, want.length) && have[head].isEqualNode(want[head])) head++;
  while (tail < Math.min(have.length, want.length) - head && have.at(-1 - tail).isEqualNode(want.at(-1 - tail))) tail++;
  let next = have[have.length - tail] ?? null;
  have = have.slice(head, have.length - tail);
  want = want.slice(head, want.length - tail);

  const pairs = pair(have, want);
  const used = new Set(pairs);
  have.forEach((node, i) => {
    if (used.has(i)) return;
    if (visible(node)) seen.lost.add(live);
    node.remove();
  });
  const staying = longestRise(pairs);
  for (let i = want.length - 1; i >= 0; i--) {
    const node = pairs[i] < 0 ? document.importNode(want[i], true) : have[pairs[i]];
    if (!staying.has(i)) {
      (node.isConnected && live.moveBefore ? live.moveBefore : live.insertBefore).call(live, node, next);
      if (visible(node)) seen.changed.add(node.nodeType === Node.ELEMENT_NODE ? node : live);
    }
    if (pairs[i] >= 0) syncNode(node, want[i], seen);
    next = node;
  }
}

function syncNode(live, wanted, seen) {
  if (live.isEqualNode(wanted)) return;
  if (live.nodeType === Node.ELEMENT_NODE) return syncElement(live, wanted, seen);
  if (live.nodeType === Node.TEXT_NODE && live.data.trim() !== wanted.data.trim()) seen.changed.add(live.parentNode);
  syncText(live, wanted.data);
}

// syncText replaces the part that differs, so that a selection beside it stays.
function syncText(node, text) {
  const old = node.data, most = Math.min(old.length, text.length);
  let head = 0, tail = 0;
  while (head < most && old[head] === text[head]) head++;
  while (tail < most - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  node.replaceData(head, old.length - head - tail, text.slice(head, text.length - tail));
}

// visible: a comment or white space is nothing to point at.
const visible = (node) => node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");

const idOf = (node) => (node.nodeType === Node.ELEMENT_NODE && node.id ? node.localName + "#" + node.id : null);
const whole = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : node.data.trim() === "" ? null : node.nodeName + node.data);

// pair finds for each wanted node the index of the node that becomes it, or -1: the one with its id,
// then the one that is equal, where there is no doubt which; then one of its kind between the
// neighbours that were found. White space alone says nothing of where it belongs.
function pair(have, want) {
  const pairs = want.map(() => -1), free = new Set(have.keys());
  for (const key of [idOf, whole]) {
    const places = only(have, key, (i) => free.has(i));
    for (const [k, i] of only(want, key, (i) => pairs[i] < 0)) {
      if (!places.has(k)) continue;
      pairs[i] = places.get(k);
      free.delete(pairs[i]);
    }
  }
  let at = 0;
  want.forEach((node, i) => {
    if (pairs[i] >= 0) {
      at = Math.max(at, pairs[i] + 1);
      return;
    }
    for (let j = at; j < have.length && free.has(j); j++) {
      if (have[j].nodeName !== node.nodeName || idOf(have[j]) || idOf(node)) continue;
      pairs[i] = j;
      free.delete(j);
      at = j + 1;
      return;
    }
  });
  return pairs;
}

// only maps the keys that one node alone has to the index of that node.
function only(nodes, key, eligible) {
  const places = new Map(), doubtful = new Set();
  nodes.forEach((node, i) => {
    const k = eligible(i) ? key(node) : null;
    if (k === null) return;
    if (places.has(k)) doubtful.add(k);
    places.set(k, i);
  });
  for (const k of doubtful) places.delete(k);
  return places;
}

// longestRise returns the places of the longest increasing run of indices: the nodes that are in the
// right order already. The others move around them.
function longestRise(indices) {
  const ends = [], before = [];
  indices.forEach((index, i) => {
    if (index < 0) return;
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (indices[ends[middle]] < index) low = middle + 1;
      else high = middle;
    }
    before[i] = ends[low - 1];
    ends[low] = i;
  });
  const run = new Set();
  for (let i = ends.at(-1); i !== undefined; i = before[i]) run.add(i);
  return run;
}
