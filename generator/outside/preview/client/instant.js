// The instant that the site is shown as of: ?at= in the address, "" for none.
export const instant = () => new URLSearchParams(location.search).get("at") ?? "";

// asOf returns an address as of an instant.
export function asOf(address, at) {
  const url = new URL(address, location.href);
  const rest = [...url.searchParams].filter(([name]) => name !== "at");
  url.search = [...rest.map(([name, value]) => encodeURIComponent(name) + "=" + encodeURIComponent(value)),
    ...(at ? ["at=" + encodeURIComponent(at).replaceAll("%3A", ":")] : [])].join("&");
  return url.href;
}

// keepInstant makes links within the site lead to the same instant. The address is changed while the
// browser follows it, however it does that: in a new tab, by keyboard.
export function keepInstant() {
  for (const kind of ["click", "auxclick"]) addEventListener(kind, follow, { capture: true });
}

function follow(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.hasAttribute("href"));
  if (!instant() || !link || link.hasAttribute("download") || link.origin !== location.origin || link.dataset.instant === "own") return;
  const written = link.getAttribute("href");
  link.setAttribute("href", asOf(link.href, instant()));
  setTimeout(() => link.setAttribute("href", written));
}
