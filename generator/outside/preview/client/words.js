// What the overlay says. Times are those of the site's clocks: the first part of a time with an offset.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const fields = (time) => /^(\d+)-(\d+)-(\d+)T(\d+:\d+)(?::\d+)?(Z|[+-]\d+:\d+)?$/.exec(time)?.slice(1) ?? null;
const zone = (time) => "UTC" + (fields(time)?.[4] ?? "Z").replace("Z", "");
const parts = (seconds) => {
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  return { days, hours: days >= 2 ? hours % 24 : hours, minutes: minutes % 60, seconds: Math.floor(seconds) };
};

const en = {
  preview: "Preview",
  errors: (n) => (n === 1 ? "1 error" : `${n} errors`),
  warnings: (n) => (n === 0 ? "No warnings" : n === 1 ? "1 warning" : `${n} warnings`),
  and: (list) => list.join(", "),
  notPublished: (counts) => `Not published: ${counts}.`,
  below: "Below is the last version without errors.",
  none: "There is no version without errors yet.",
  fold: "Fold",
  errorText: "Errors",
  showErrors: "Show",
  stopped: "Preview stopped: candor watch is not running.",
  asOf: (time) => `As of ${time}`,
  cannot: (at, why) => `Not as of ${at}: ${why}`,
  back: "back to now",
  frozen: (time) => `The site’s clock stands at ${time}.`,
  changedAbove: "Changed: above ↑",
  changedBelow: "Changed: below ↓",
  warningsTitle: "Warnings",
  owed: "Owed next",
  nothingOwed: "Nothing owed",
  next: (what, when) => ["next: ", what, " ", when],
  dot: " · ",
  kinds: {
    "first-response": (i) => `first response to ${i}`, update: (i) => `update of ${i}`, promise: (i) => `promise of ${i}`,
    report: (i) => `report on ${i}`, "follow-up": (i) => `follow-up of ${i}`, publication: (i) => `publication of ${i}`,
  },
  kind: (kind, i) => `${kind} of ${i}`,
  late: (d) => `late by ${d}`,
  left: (d) => `in ${d}`,
  change: "The site changes by itself",
  showAsOf: (zone) => `Show as of (${zone})`,
  show: "Show",
  now: "Now",
  nextChange: "Next change",
  then: "As of then",
  time: (time) => {
    const f = fields(time);
    return f ? `${+f[2]} ${months[f[1] - 1]} ${f[0]}, ${f[3]}` : time;
  },
  duration: (seconds) => {
    const p = parts(seconds);
    if (p.days >= 2) return `${p.days} days` + (p.hours ? ` ${p.hours} h` : "");
    if (p.hours) return `${p.hours} h` + (p.minutes ? ` ${p.minutes} min` : "");
    return p.minutes ? `${p.minutes} min` : `${p.seconds} s`;
  },
  zone,
};

const zh = {
  ...en,
  preview: "预览",
  errors: (n) => `${n}个错误`,
  warnings: (n) => (n === 0 ? "没有警告" : `${n}个警告`),
  and: (list) => list.join("，"),
  notPublished: (counts) => `没有发布：${counts}。`,
  below: "下面是最近一个没有错误的版本。",
  none: "还没有一个没有错误的版本。",
  fold: "收起",
  errorText: "错误",
  showErrors: "查看",
  stopped: "预览已停：candor watch没有在运行。",
  asOf: (time) => `截至${time}`,
  cannot: (at, why) => `不能显示${at}的样子：${why}`,
  back: "回到现在",
  frozen: (time) => `站点的时钟停在${time}。`,
  changedAbove: "有改动：在上面 ↑",
  changedBelow: "有改动：在下面 ↓",
  warningsTitle: "警告",
  owed: "接下来要做的",
  nothingOwed: "没有要做的",
  next: (what, when) => ["下一项：", what, "，", when],
  dot: "·",
  kinds: {
    "first-response": (i) => `${i}的首次回应`, update: (i) => `${i}的进展`, promise: (i) => `${i}的承诺`,
    report: (i) => `${i}的报告`, "follow-up": (i) => `${i}的回访`, publication: (i) => `${i}的发布`,
  },
  kind: (kind, i) => `${i}：${kind}`,
  late: (d) => `已迟${d}`,
  left: (d) => `还有${d}`,
  change: "站点会自己变化",
  showAsOf: (zone) => `看哪一刻的样子（${zone}）`,
  show: "显示",
  now: "现在",
  nextChange: "下一次变化",
  then: "看那一刻",
  time: (time) => {
    const f = fields(time);
    return f ? `${f[0]}年${+f[1]}月${+f[2]}日 ${f[3]}` : time;
  },
  duration: (seconds) => {
    const p = parts(seconds);
    if (p.days >= 2) return `${p.days}天` + (p.hours ? `${p.hours}小时` : "");
    if (p.hours) return `${p.hours}小时` + (p.minutes ? `${p.minutes}分钟` : "");
    return p.minutes ? `${p.minutes}分钟` : `${p.seconds}秒`;
  },
};

export const wordsIn = (lang) => (lang === "zh" ? zh : en);

// reading is a time as the site's clocks show it, without its offset: what ?at= takes.
export const reading = (time) => time.replace(/(Z|[+-]\d+:\d+)$/, "").replace(/(T\d+:\d+):00$/, "$1");
