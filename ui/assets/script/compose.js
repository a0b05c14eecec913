// The form that writes: pictures shown before they are sent, dropped or pasted into it, and the text kept on this
// device, for each thread, until the server has taken it.
const status = document.getElementById("status");
const say = (text) => { if (status) status.textContent = text; };
const kept = ["subject", "body", "tags", "content_warning", "language"];
const key = (form) => `draft ${new URL(form.action).pathname}`;
const formOf = (target) => (target instanceof Element ? target.closest("form.compose") : null);
const field = (form, name) => form.elements.namedItem(name);

function store(action) {
  try { return action(localStorage); } catch { return undefined; }
}

function save(form) {
  const draft = Object.fromEntries(kept.map((name) => [name, field(form, name)?.value ?? ""]));
  const empty = Object.values(draft).every((text) => !text.trim());
  store((local) => (empty ? local.removeItem(key(form)) : local.setItem(key(form), JSON.stringify(draft))));
}

function restore(form) {
  const draft = store((local) => JSON.parse(local.getItem(key(form)) ?? "null"));
  if (!draft || form.querySelector("[role=alert]")) return;
  let filled = false;
  for (const name of kept) {
    const input = field(form, name);
    const given = input?.value.trim();
    if (!input || !draft[name] || input.value === draft[name]) continue;
    // A page that was opened to quote something brings that: it comes after what was written before.
    input.value = given && !draft[name].includes(given) ? `${draft[name].trimEnd()}\n${input.value}` : draft[name];
    filled = true;
  }
  if (filled) say("Your unsent text is back.");
}

const files = (form) => [...form.querySelectorAll("input[type=file]")];
const free = (form) => files(form).filter((input) => !input.files.length);

function give(input, file) {
  const box = new DataTransfer();
  if (file) box.items.add(file);
  input.files = box.files;
  show(input);
}

function show(input) {
  const slot = input.closest(".slot");
  slot.querySelector("img.waiting-picture")?.remove();
  const [file] = input.files;
  if (!file) return;
  const image = new Image();
  image.className = "waiting-picture";
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  image.addEventListener("error", () => image.remove(), { once: true });
  input.closest(".field").append(image);
  const more = free(input.form)[0]?.closest("details");
  if (more) more.open = true;
}

function add(form, list) {
  const pictures = [...list].filter((file) => file.type.startsWith("image/"));
  const places = free(form);
  pictures.slice(0, places.length).forEach((file, index) => give(places[index], file));
  if (pictures.length > places.length) say(`Only ${files(form).length} pictures fit into a post.`);
  return pictures.length > 0;
}

let timer;
let typed;
function settle() {
  clearTimeout(timer);
  if (typed?.isConnected) save(typed);
  typed = undefined;
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  if (typed && typed !== form) settle();
  typed = form;
  clearTimeout(timer);
  timer = setTimeout(settle, 1000);
});
addEventListener("pagehide", settle);
document.addEventListener("sent", (event) => {
  clearTimeout(timer);
  typed = undefined;
  store((local) => local.removeItem(key(event.target)));
});

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!formOf(input) || input.type !== "file") return;
  const [first, ...rest] = input.files;
  give(input, first);
  add(input.form, rest);
});
document.addEventListener("dragover", (event) => {
  if (formOf(event.target) && event.dataTransfer.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const form = formOf(event.target);
  if (form && event.dataTransfer.files.length) { event.preventDefault(); add(form, event.dataTransfer.files); }
});
document.addEventListener("paste", (event) => {
  const form = formOf(event.target);
  if (form && add(form, event.clipboardData.files)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && formOf(event.target);
  if (form) form.requestSubmit();
});

function prepare() {
  for (const form of document.querySelectorAll("form.compose")) {
    for (const input of files(form)) input.multiple = true;
    restore(form);
  }
}

document.addEventListener("added", prepare);
prepare();
