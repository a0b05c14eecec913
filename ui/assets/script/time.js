// Moments in words that say how long ago they were; the exact moment stays at hand.
const STEPS = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [604800, "day", 86400]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function tell(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const ago = (Date.now() - at) / 1000;
  const step = STEPS.find(([most]) => Math.abs(ago) < most);
  time.title = exact.format(at);
  time.textContent = step ? words.format(-Math.round(ago / step[2]), step[1]) : time.title;
}

function tellAll() {
  for (const time of document.querySelectorAll("time[datetime]")) tell(time);
}

tellAll();
setInterval(() => { if (!document.hidden) tellAll(); }, 60000);
document.addEventListener("visibilitychange", tellAll);
document.addEventListener("added", tellAll);
