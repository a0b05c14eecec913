// Quick reply: the number of a post, or its Reply, brings the form beside what is being read and puts a reference
// into it; chosen words become a quote. The form stays the same one, so its text stays too.
const panel = document.getElementById("reply")?.closest(".panel");
const text = () => panel.querySelector("textarea[name=body]");
let opener;

const close = document.createElement("button");
close.type = "button";
close.className = "button close";
close.textContent = "Close";
close.addEventListener("click", dock);

function put(words) {
  const field = text();
  const before = field.value.slice(0, field.selectionStart);
  const line = before && !before.endsWith("\n") ? "\n" : "";
  field.setRangeText(`${line}${words}\n`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What is chosen within the post, each line as a quote.
function chosen(post) {
  const range = getSelection();
  const inside = range.rangeCount && post.contains(range.anchorNode) && post.contains(range.focusNode);
  const words = inside ? range.toString().trim() : "";
  return words ? `\n${words.replace(/^/gm, ">")}` : "";
}

function inSight() {
  const box = panel.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}

function float(from) {
  opener = from;
  if (!panel.matches(".floating") && !inSight()) {
    panel.classList.add("floating");
    panel.prepend(close);
  }
  text().focus({ preventScroll: panel.matches(".floating") });
}

function dock() {
  panel.classList.remove("floating");
  close.remove();
  opener?.focus();
}

if (panel) {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest(".thread .post a:is(.no, .reply)");
    const post = link?.closest(".post");
    const no = post?.querySelector("a.reply[data-quote]")?.dataset.quote;
    if (!no || link.closest(".inlined")) return;
    event.preventDefault();
    const words = `>>${no}${chosen(post)}`;
    float(link);
    put(words);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.matches(".floating")) dock();
  });
}
