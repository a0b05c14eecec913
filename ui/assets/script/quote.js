// References: what one names is shown while it is pointed at, has the focus or is held by a finger, and stands in the text when it is
// clicked. Ctrl, Shift and the middle button still follow it.
const PAUSE = 120;
const HOLD = 450;
const known = new Map();
let preview;
let timer;
let finger;
let held = false;

const refOf = (target) => (target instanceof Element ? target.closest("a.ref[href]") : null);

function here(url) {
  return url.pathname === location.pathname && url.hash ? document.getElementById(url.hash.slice(1)) : null;
}

// A post is asked for by its number on its board, or by its id where it has no number yet.
function address(url) {
  const id = /^#p-(\d+)$/.exec(url.hash)?.[1];
  if (id) return `/p/${id}/thread`;
  const no = /^#p(\d+)$/.exec(url.hash)?.[1];
  const board = /^\/b\/[^/]+(?=\/\d+$)/.exec(url.pathname)?.[0];
  return no && board ? `${board}/${no}` : url.pathname;
}

async function ask(path) {
  const answer = await fetch(path, { headers: { "X-Fragment": "post" } });
  const post = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("body > .post");
  if (!answer.ok || !post) throw new Error("The post is not here.");
  return post;
}

async function find(link) {
  const url = new URL(link.href);
  const found = here(url);
  if (found) return found;
  const path = address(url);
  if (!known.has(path)) known.set(path, ask(path));
  try {
    return await known.get(path);
  } catch (error) {
    known.delete(path);
    throw error;
  }
}

// A post once more, to be read only: ids stay with the first, and so does what one can do with it. Its subject is no
// heading of this page.
function copy(post) {
  const out = document.importNode(post, true);
  for (const subject of out.querySelectorAll(".subject")) {
    const words = document.createElement("p");
    words.className = "subject";
    words.dir = "auto";
    words.textContent = subject.textContent;
    subject.replaceWith(words);
  }
  out.querySelectorAll(".acts, .backlinks, .inlined, .hide, form").forEach((part) => part.remove());
  for (const part of [out, ...out.querySelectorAll("[id]")]) part.removeAttribute("id");
  out.removeAttribute("aria-labelledby");
  out.hidden = false;
  return out;
}

function hide() {
  clearTimeout(timer);
  preview?.remove();
  preview = undefined;
}

function later(action) {
  clearTimeout(timer);
  timer = setTimeout(action, PAUSE);
}

async function peek(link) {
  hide();
  const mine = (preview = document.createElement("div"));
  let post;
  try { post = await find(link); } catch { return; }
  if (preview !== mine) return;
  mine.className = "preview";
  mine.setAttribute("aria-hidden", "true");
  mine.append(copy(post));
  mine.querySelectorAll("a, summary, [tabindex]").forEach((part) => { part.tabIndex = -1; });
  document.body.append(mine);
  place(mine, link.getBoundingClientRect());
  document.dispatchEvent(new Event("added"));
}

function place(box, at) {
  const above = at.bottom + box.offsetHeight + 8 > innerHeight && at.top > box.offsetHeight;
  const y = above ? at.top - box.offsetHeight - 2 : at.bottom + 2;
  const x = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8));
  box.style.insetBlockStart = `${y + scrollY}px`;
  box.style.insetInlineStart = `${x + scrollX}px`;
}

async function toggle(link) {
  const line = link.closest("li, p") ?? link;
  const shown = [...(line.parentNode.querySelectorAll(".inlined"))].find((box) => box.link === link);
  if (shown) {
    shown.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  let post;
  try { post = await find(link); } catch { location.assign(link.href); return; }
  const box = document.createElement("div");
  box.className = "inlined";
  box.link = link;
  box.append(copy(post));
  if (line.matches("li")) line.append(box); else line.after(box);
  link.setAttribute("aria-expanded", "true");
  document.dispatchEvent(new Event("added"));
}

// A finger that stays on a reference sees its post, and does not open it by being lifted.
function release() {
  clearTimeout(finger);
  finger = undefined;
}
document.addEventListener("pointerdown", (event) => {
  held = false;
  if (preview && !preview.contains(event.target)) hide();
  const link = event.pointerType === "touch" && refOf(event.target);
  if (link) finger = setTimeout(() => { held = true; peek(link); }, HOLD);
});
document.addEventListener("pointerup", release);
document.addEventListener("pointercancel", release);
document.addEventListener("contextmenu", (event) => { if (finger || held) event.preventDefault(); });

document.addEventListener("click", (event) => {
  const link = refOf(event.target);
  if (link && held) { event.preventDefault(); held = false; return; }
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  hide();
  toggle(link);
});

document.addEventListener("mouseover", (event) => {
  const link = refOf(event.target);
  if (link) later(() => peek(link));
  else if (preview?.contains(event.target)) clearTimeout(timer);
});
document.addEventListener("mouseout", (event) => {
  if (refOf(event.target) || preview?.contains(event.target)) later(hide);
});
document.addEventListener("focusin", (event) => {
  const link = refOf(event.target);
  if (link?.matches(":focus-visible")) peek(link);
});
document.addEventListener("focusout", (event) => { if (refOf(event.target)) hide(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
