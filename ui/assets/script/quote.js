// The number of a post puts a reference to it into the reply form; a reference shows its post while it is pointed at
// or has the focus.
const body = document.querySelector("#reply textarea[name=body]");
let preview;

function put(text) {
  const before = body.value.slice(0, body.selectionStart);
  const line = before && !before.endsWith("\n") ? "\n" : "";
  body.setRangeText(`${line}${text}\n`, body.selectionStart, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
  body.focus();
}

function selected(post) {
  const chosen = getSelection();
  const inside = chosen.rangeCount && post.contains(chosen.anchorNode) && post.contains(chosen.focusNode);
  const text = inside ? chosen.toString().trim() : "";
  return text ? `\n${text.replace(/^/gm, ">")}` : "";
}

function target(link) {
  const url = new URL(link.href, location.href);
  return url.pathname === location.pathname && url.hash ? document.getElementById(url.hash.slice(1)) : null;
}

function hide() {
  preview?.remove();
  preview = undefined;
}

function peek(link) {
  hide();
  const post = target(link);
  if (!post || !post.matches(".post")) return;
  preview = post.cloneNode(true);
  preview.querySelectorAll(".acts, .backlinks").forEach((part) => part.remove());
  preview.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  preview.removeAttribute("id");
  preview.removeAttribute("aria-labelledby");
  preview.setAttribute("aria-hidden", "true");
  preview.inert = true;
  preview.classList.add("preview");
  document.body.append(preview);
  const at = link.getBoundingClientRect();
  const low = at.bottom + preview.offsetHeight + 8 > innerHeight && at.top > preview.offsetHeight;
  const y = low ? at.top - preview.offsetHeight - 4 : at.bottom + 4;
  preview.style.insetBlockStart = `${y + scrollY}px`;
  preview.style.insetInlineStart = `${Math.max(8, Math.min(at.left, innerWidth - preview.offsetWidth - 8)) + scrollX}px`;
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !body) return;
  const link = event.target.closest("a.no, a.reply[data-quote]");
  const post = link?.closest(".post");
  if (!post) return;
  const no = post.querySelector("a.reply[data-quote]")?.dataset.quote;
  if (!no) return;
  event.preventDefault();
  hide();
  put(`>>${no}${selected(post)}`);
});

const isRef = (element) => element instanceof Element && element.matches("a.ref");
for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => { if (isRef(event.target)) peek(event.target); });
for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, (event) => { if (isRef(event.target)) hide(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
