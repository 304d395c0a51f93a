// Words as package message of the server has them: the English text is the key, and the language of
// the preview may have another text for it, with plural forms by CLDR.
const order = ["other", "zero", "one", "two", "few", "many"]; // of message.Forms

// wordsOf returns what the panel says in a language: what /.candor/words has. Times are those of the
// site's clocks: the first part of a time with an offset.
export function wordsOf({ lang, texts }) {
  const rules = new Intl.PluralRules(lang);
  const style = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" };
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, style);
  const fill = (text, args) => {
    let next = 0;
    return text.replace(/%(?:\[(\d)\])?[sd]|\{(\d)\}/g, (_, from1, from0) => args[from1 ? from1 - 1 : from0 ?? next++]);
  };
  const form = (forms, args) => forms[order.indexOf(rules.select(args.find(Number.isInteger)))] || forms[0];
  const say = (text, ...args) => fill(texts[text] ? form(texts[text], args) : text, args);
  const count = (n, one, many) => (texts[many] || n !== 1 ? say(many, n) : say(one, n));
  const pair = (large, small, none) => (none ? large : say("durations.hours-minutes", large, small));

  return {
    say, count,
    time: (time) => time && dates.format(Date.parse(reading(time) + "Z")),
    zone: (time) => "UTC" + /(Z|[+-]\d+:\d+)?$/.exec(time)[0].replace("Z", ""),
    warnings: (n) => (n === 0 ? say("No warnings") : count(n, "%d warning", "%d warnings")),
    // duration is Words.Duration, but to the second.
    duration: (seconds) => {
      const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
      if (days >= 7) return say("durations.days", days);
      if (days) return pair(say("durations.days", days), say("durations.hours", hours % 24), hours % 24 === 0);
      if (hours) return pair(say("durations.hours", hours), say("durations.minutes", minutes % 60), minutes % 60 === 0);
      return minutes ? say("durations.minutes", minutes) : count(Math.floor(seconds), "%d second", "%d seconds");
    },
    // deadline names what is due.
    deadline: ({ kind, incident, what }) => {
      switch (kind) {
        case "first-response": return say("first response to %s", incident);
        case "update": return say("update of %s", incident);
        case "promise": return say("promise of %s", incident);
        case "report": return say("report on %s", incident);
        case "follow-up": return say("follow-up of %s", incident);
        case "stop-posting": return say("stop scheduled posts: %s", what);
        case "publication": return say("publication of %s", incident);
      }
      return say("%s of %s", kind, incident);
    },
  };
}

// reading is a time as the site's clocks show it, without its offset: what ?at= takes.
export const reading = (time) => time.replace(/(Z|[+-]\d+:\d+)$/, "").replace(/(T\d+:\d+):00$/, "$1");
