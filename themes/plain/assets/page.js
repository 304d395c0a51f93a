// Says beside what is owed, by the reader's clock, how long there is left or how late it is: so a
// page whose editors have fallen silent says so itself. The times of the page stay.
//
// A <time data-late> is owed; the <small> behind it is for how long. Once it has passed, data-passed
// is how it stands. Where that comes about while the page is open, nobody knows whether a newer one is there: data-again asks to look, in the <output>
// behind the paragraph, which is read aloud where pages are.
//
// Behind each link to pass on it puts a button that copies it, where browsers let pages do so.
{
  const page = document;
  const lang = page.documentElement.lang;
  const left = new Intl.RelativeTimeFormat(lang); // a browser without it stops here, and the page stays as it came
  const make = (name, text) => {
    const el = page.createElement(name);
    el.textContent = text;
    return el;
  };
  const look = (open) => {
    const now = Date.now();
    if (now > new Date(page.querySelector("[data-since]").dataset.since)) // else this clock is wrong
      for (const el of page.querySelectorAll("[data-late]")) {
        const { late, passed, again } = el.dataset;
        let many = (now - new Date(el.dateTime)) / 6e4, unit = "minute";
        const over = many >= 0;
        many = Math.abs(many);
        if (many >= 120) {
          many /= 60;
          unit = "hour";
          if (many >= 48) {
            many /= 24;
            unit = "day";
          }
        }
        el.nextElementSibling.textContent = over
          ? late.replace("{0}", (many | 0 || 1).toLocaleString(lang, { style: "unit", unit, unitDisplay: "long" }))
          : left.format(Math.round(many) || 1, unit);
        if (over && passed) {
          el.dataset.passed = "";
          el.firstChild.data = passed;
          el.closest("p,li").className += " overdue";
          if (again && open) {
            const link = make("a", again);
            link.href = "";
            el.parentNode.nextElementSibling.append(link);
          }
        }
      }
  };
  const { copy, copied } = page.body.dataset;
  if (navigator.clipboard)
    for (const link of page.querySelectorAll(".share a")) {
      const button = make("button", copy);
      button.onclick = () => navigator.clipboard.writeText(link.href).then(() => (button.textContent = copied));
      link.after(button);
    }
  look();
  setInterval(look, 3e4, 1);
  page.onvisibilitychange = look;
}
