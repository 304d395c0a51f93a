// What the preview adds to a page in the browser: it hears that there is a newer version, asks what
// has become of this page, and changes it where it stands. See the package comment of preview.
import { morph, syncAttributes } from "./morph.js";
import { away, mark } from "./marks.js";
import { anchor, keepFocus, restorePlace, savePlace } from "./place.js";
import { instant, asOf, keepInstant } from "./instant.js";
import { Panel } from "./panel.js";
import { wordsOf } from "./words.js";

const script = document.querySelector('script[src="/.candor/preview.js"]');
const tags = /<script type="module" src="\/\.candor\/preview\.js" data-version="\d+" data-page="(\w*)" data-frame="(\w+)"><\/script>/g; // as the server writes it
const here = { ...script.dataset }; // version, page, frame: what this window shows
script.remove(); // it runs already, and now the page is what the set has

// get returns a response, or null where nobody answers; then the stream says so too.
const get = (address) => fetch(address, { cache: "no-store" }).catch(() => null);

const words = wordsOf(await (await get("/.candor/words"))?.json() ?? { lang: "en", texts: {} });
const panel = new Panel(await (await get("/.candor/panel.css"))?.text() ?? "", words, {
  show: (at) => { savePlace(); location.assign(asOf(location.href, at)); },
  reveal: (element) => { element.scrollIntoView({ block: "center", behavior: "instant" }); mark([element]); },
});
restorePlace();
keepInstant();

// look asks for the newest state, one request at a time: what is heard meanwhile is one more look.
// One that fails while the stream lives is made again a little later, because nobody would say so.
let looking = false, again = false;
async function look() {
  again = true;
  if (looking) return;
  looking = true;
  while (again) {
    again = false;
    const done = await catchUp().catch(() => false);
    if (!done && stream) setTimeout(look, 500);
  }
  looking = false;
}

// catchUp reports whether this window shows the newest version now.
async function catchUp() {
  const query = new URLSearchParams({ path: location.pathname, at: instant() });
  const response = await get("/.candor/state?" + query);
  if (!response?.ok) return false;
  const state = await response.json();
  const news = String(state.version) !== here.version;
  panel.update({ state, shown: here.page !== "" });

  const open = news && state.open ? new URL(asOf(state.open, instant()), location.href) : null;
  if (open && open.pathname !== location.pathname) {
    location.assign(open);
    return true;
  }
  if (state.page && state.page !== here.page && !await refresh()) return false;
  here.version = String(state.version);
  if (open) bring(open.hash);
  return true;
}

// refresh makes this page the newest version of itself, and reports whether it has done so.
async function refresh() {
  const response = await get(location.pathname + location.search);
  if (!response) return false;
  const text = await response.text();
  const [tag, page, frame] = [...text.matchAll(tags)].at(-1) ?? [];
  if (!tag) return response.ok; // not a page: the next version may be one
  if (frame !== here.frame) { // styles, scripts, policy: what a document is given once
    savePlace();
    location.reload();
    return new Promise(() => {});
  }
  here.page = page;
  const next = new DOMParser().parseFromString(text.replace(tag, ""), "text/html");
  refreshHead(next);
  const settle = anchor(), refocus = keepFocus();
  const changed = morph(document.body, next.body);
  refocus();
  settle();
  panel.update({ shown: true, away: away(mark(changed)) });
  return true;
}

function refreshHead(next) {
  if (document.title !== next.title) document.title = next.title;
  for (const { name, value } of next.documentElement.attributes) {
    if (document.documentElement.getAttribute(name) !== value) document.documentElement.setAttribute(name, value);
  }
  for (const selector of ['meta[name="description" i]', 'link[rel="canonical" i]']) {
    const live = document.head.querySelector(selector), wanted = next.head.querySelector(selector);
    if (live && wanted) syncAttributes(live, wanted);
    else if (wanted) document.head.append(document.importNode(wanted, true));
    else live?.remove();
  }
}

// bring scrolls to what the last change was about, unless it is in view.
function bring(hash) {
  const element = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!element) return;
  const { top } = element.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.7) element.scrollIntoView({ block: "start", behavior: "instant" });
  panel.update({ away: null });
}

// A window out of sight gives its stream back: a browser opens six connections to one server. It
// catches up when it is seen again.
let stream = null;
function connect() {
  if (stream || document.hidden) return;
  stream = new EventSource("/.candor/events");
  stream.onmessage = () => {
    panel.update({ stopped: false });
    look();
  };
  stream.onerror = () => {
    panel.update({ stopped: true });
    if (stream?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    disconnect();
    setTimeout(connect, 2000);
  };
}
function disconnect() {
  stream?.close();
  stream = null;
}
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());
connect();
