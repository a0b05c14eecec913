// Single keys, never in fields and never with other keys held. `data-keys="off"` of the body turns all of them off.
// The table below is also what `?` shows.
const main = document.getElementById("main");
const ITEMS = ".post, .tile, .card, .board";
let last;

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const items = () => [...main.querySelectorAll(ITEMS)].filter((item) => shown(item) && !item.parentNode.closest(".inlined"));
const current = () => document.activeElement?.closest(ITEMS) ?? (last?.isConnected ? last : null);
const board = () => /^\/b\/[^/]+/.exec(location.pathname)?.[0] ?? main.querySelector(".head a[href^='/b/'], .rail a[href^='/b/']")?.getAttribute("href").match(/^\/b\/[^/]+/)[0];
const go = (path) => { if (path) location.assign(path); };
const press = (selector, place = main) => place?.querySelector(selector)?.click();

// The entry becomes the place from which Tab goes on.
function step(way) {
  const all = items();
  const at = all.indexOf(current());
  const below = all.findIndex((item) => item.getBoundingClientRect().bottom > 80);
  const item = all[at < 0 ? Math.max(below, 0) : at + way];
  if (!item) return;
  last = item;
  const place = item.matches(".post") ? item : item.querySelector("a");
  if (place === item) item.tabIndex = -1;
  place.focus({ preventScroll: true });
  item.scrollIntoView({ block: item.offsetHeight > innerHeight ? "start" : "nearest" });
}

function open() {
  const item = current();
  item?.querySelector(".subject a, .pictures a, .where a, a[href]:not([href^='#'])")?.click();
}

// The pictures of one post at the width of the post, and back.
function expand() {
  const post = current() ?? items()[0];
  for (const image of post?.querySelectorAll(".picture img") ?? []) {
    const sharper = image.srcset.split(", ").pop().replace(/ 2x$/, "");
    if (sharper) { image.srcset = ""; image.src = sharper; }
    image.classList.toggle("expanded");
  }
}

// The module that hides posts comes where somebody hid one, or reaches for one.
const hiding = document.body.dataset.hide;
const load = () => import(hiding);
async function hide() {
  const post = current() ?? items()[0];
  if (hiding) await load();
  press(".hide, .unhide", post);
}
if (hiding) {
  let any = false;
  try { any = localStorage.hidden; } catch { any = false; }
  if (any) load(); else addEventListener("pointerover", load, { once: true });
}

function search() {
  const field = document.querySelector("input[type=search]");
  if (field && shown(field)) field.focus(); else go("/search");
}

const KEYS = [
  ["j", "Next post", () => step(1)],
  ["k", "Previous post", () => step(-1)],
  ["o", "Open it", open],
  ["q", "Reply to it", () => press("a.reply", current() ?? items()[0])],
  ["l", "Like it", () => press(".like", current() ?? items()[0])],
  ["x", "Hide it, or show it again", hide],
  ["e", "Larger pictures, and back", expand],
  ["r", "Load the page again", () => location.reload()],
  ["w", "Watch the thread, or stop", () => press("form.watch button")],
  ["i", "Threads of the board", () => go(board())],
  ["c", "Catalog of the board", () => board() && go(`${board()}/catalog`)],
  ["v", "One picture after another", () => go(main.querySelector("a[href*='/swipe']")?.href ?? `${board() ?? ""}/swipe`)],
  ["n", "Next page", () => press(".pager button, a[rel=next]")],
  ["b", "Previous page", () => press("a[rel=prev]")],
  ["/", "Search", search],
  ["g h", "Home", () => go("/")],
  ["g b", "Boards", () => go("/b")],
  ["g t", "Tags", () => go("/t")],
  ["g w", "Watched threads", () => go("/watching")],
  ["g s", "Settings", () => go("/settings/profile")],
  ["?", "These keys", help],
];
const SENDS = [["Ctrl Enter", "Send what is being written"], ["Esc", "Close what stands in front"]];

function make(name, text, ...inside) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  element.append(...inside);
  return element;
}

function help() {
  const lines = [...KEYS, ...SENDS].flatMap(([keys, words]) => [
    make("dt", "", ...keys.split(" ").map((key) => make("kbd", key))),
    make("dd", words),
  ]);
  const shut = make("button", "Close");
  shut.className = "button";
  const box = make("dialog", "", make("h2", "Keys"), make("dl", "", ...lines), make("form", "", shut));
  box.querySelector("form").method = "dialog";
  box.className = "keys";
  box.setAttribute("aria-label", "Keys");
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

let first = "";
let timer;

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
  if (event.target.closest?.("input, textarea, select, dialog, [contenteditable]")) return;
  const keys = first ? `${first} ${event.key}` : event.key;
  first = "";
  clearTimeout(timer);
  const found = KEYS.find(([name]) => name === keys);
  if (found) {
    event.preventDefault();
    found[2]();
  } else if (event.key === "g") {
    first = "g";
    timer = setTimeout(() => { first = ""; }, 1500);
  }
});
