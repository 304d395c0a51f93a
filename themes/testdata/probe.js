// What the tests ask of a page. Every function returns plain data: what it measured, or what it
// found wrong, with a name for the element that a person can find.
window.probe = (() => {
  // name says which element is meant, from the nearest ancestor with an id down.
  const name = (el) => {
    const parts = [];
    for (let e = el; e && e !== document.documentElement && parts.length < 5; e = e.parentElement) {
      parts.unshift(e.localName + (e.id ? "#" + e.id : "") + [...e.classList].map((c) => "." + c).join(""));
      if (e.id) break;
    }
    return parts.join(" > ") + " " + JSON.stringify((el.innerText || el.textContent).trim().replace(/\s+/g, " ").slice(0, 40));
  };

  // hidden: not rendered, or kept for screen readers by clipping it away.
  const hidden = (el) => {
    if (!el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return true;
    for (let e = el; e; e = e.parentElement) if (getComputedStyle(e).clipPath === "inset(50%)") return true;
    return false;
  };

  const inMain = (selector) => [...document.querySelectorAll(selector)].filter((el) => el.closest("main") && !hidden(el));

  // Colours of any notation become red, green, blue (0–255) and alpha by being drawn.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const drawn = new Map();
  const colour = (text) => {
    if (!drawn.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      drawn.set(text, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return drawn.get(text);
  };
  // Relative luminance and contrast ratio as WCAG 2.2 defines them.
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  // behind is the first opaque background behind an element, else the canvas of the colour scheme; paper is white.
  const behind = (el) => {
    for (let e = el; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c[3] > 250) return c;
    }
    return matchMedia("screen and (prefers-color-scheme: dark)").matches ? [18, 18, 18, 255] : [255, 255, 255, 255];
  };

  // texts yields the elements that hold visible text of their own.
  const texts = () => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim() && !hidden(walker.currentNode.parentElement)) found.add(walker.currentNode.parentElement);
    return [...found].filter((el) => el.localName !== "style" && el.localName !== "script");
  };

  const contrast = () => texts().map((el) => ({ at: name(el), ratio: ratio(colour(getComputedStyle(el).color), behind(el)) }));

  const page = () => ({ paper: luminance(behind(document.body)), ink: luminance(colour(getComputedStyle(document.body).color)) });

  // overflow lists what sticks out of the window sideways and is not inside something that scrolls by itself.
  const overflow = () => {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`);
    const out = new Map();
    for (const el of document.body.querySelectorAll("*")) {
      const box = el.getBoundingClientRect();
      if (box.width === 0 || (box.right <= width + 1 && box.left >= -1) || hidden(el)) continue;
      let scrolls = false;
      for (let e = el.parentElement; e && !scrolls; e = e.parentElement) scrolls = /auto|scroll|hidden/.test(getComputedStyle(e).overflowX);
      if (scrolls) continue;
      out.delete(el.parentElement);
      out.set(el, `${Math.round(box.left)}…${Math.round(box.right)} px: ${name(el)}`);
    }
    return found.concat([...out.values()]);
  };

  // lines counts the characters of each line that an element's text takes; what is half as wide as an ideograph counts half.
  const lines = (el, chinese) => {
    const counts = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    let bottom = -1;
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      for (let i = 0; i < data.length; i++) {
        range.setStart(walker.currentNode, i);
        range.setEnd(walker.currentNode, i + 1);
        const box = range.getBoundingClientRect();
        if (box.height === 0) continue;
        if (box.top >= bottom - 2) {
          counts.push(0);
          bottom = box.bottom;
        }
        counts[counts.length - 1] += chinese && data.charCodeAt(i) < 0x2000 ? 0.5 : 1;
      }
    }
    return counts;
  };

  // set measures every block of text that takes more than one line.
  const set = () => inMain("p, li, dd, figcaption").filter((el) => ![...el.children].some((c) => getComputedStyle(c).display === "block")).map((el) => {
    const style = getComputedStyle(el);
    const size = parseFloat(style.fontSize);
    const chinese = /^zh/.test(el.closest("[lang]")?.lang);
    const counts = lines(el, chinese);
    return { at: name(el), chinese, size, leading: parseFloat(style.lineHeight) / size, lines: counts.length, longest: Math.max(0, ...counts) };
  }).filter((m) => m.lines > 1);

  // targets measures the links that are not part of a sentence: those that have a block for themselves or share it with
  // other links, and the addresses for calling and writing wherever they are meant to be tapped.
  const targets = () => [...document.querySelectorAll("a[href]")].filter((a) => !hidden(a)).filter((a) => {
    if (a.closest("nav, header, footer, aside, .contacts")) return true;
    let block = a;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const rest = block.cloneNode(true);
    for (const link of rest.querySelectorAll("a")) link.remove();
    return block === a || !rest.textContent.trim();
  }).map((a) => {
    const box = a.getBoundingClientRect();
    return { at: name(a), height: box.height, width: box.width };
  });

  // places tells where the named parts begin: their order in the document, and from top to bottom.
  const places = (selectors) => selectors.map((s) => document.querySelector("main " + s)).map((el, i) => el && {
    at: selectors[i],
    order: document.evaluate("count(preceding::*|ancestor::*)", el, null, XPathResult.NUMBER_TYPE).numberValue,
    top: el.getBoundingClientRect().top + scrollY,
  }).filter(Boolean);

  // focused describes what has the focus and how that shows; null when nothing has.
  const focused = () => {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const style = getComputedStyle(el), box = el.getClientRects()[0];
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
    return {
      at: name(el), style: style.outlineStyle, width: parseFloat(style.outlineWidth),
      ratio: ratio(colour(style.outlineColor), behind(el.parentElement)),
      seen: box.height > innerHeight || (box.top >= 0 && box.top < innerHeight && !!middle && (el.contains(middle) || middle.contains(el))),
    };
  };

  const focusable = () => [...document.querySelectorAll("a[href], button, input, [tabindex]")].filter((el) => el.checkVisibility()).length;

  // words is every word that can be read.
  const words = () => document.body.innerText.replace(/\s+/g, " ").trim();

  return { contrast, page, overflow, set, targets, places, focused, focusable, words };
})();
void 0;
