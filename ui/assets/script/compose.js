// The form that writes: pictures shown before they are sent, dropped or pasted into it, and the text kept on this
// device until the server has taken it.
const form = document.querySelector("form.compose");
const status = document.getElementById("status");
const say = (text) => { if (status) status.textContent = text; };

const key = `draft ${new URL(form.action).pathname}`;
const kept = ["subject", "body", "tags", "content_warning"];
const field = (name) => form.elements.namedItem(name);

function store(action) {
  try { return action(localStorage, sessionStorage); } catch { return undefined; }
}

function save() {
  const draft = Object.fromEntries(kept.map((name) => [name, field(name)?.value ?? ""]));
  const empty = Object.values(draft).every((text) => !text.trim());
  store((local) => (empty ? local.removeItem(key) : local.setItem(key, JSON.stringify(draft))));
}

// A draft goes when its form went through: that led to another page, while a form with faults comes back itself and
// going back by hand proves nothing.
function settle() {
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  store((local, session) => {
    const done = session.getItem("sent draft");
    session.removeItem("sent draft");
    if (done && !back && !form.querySelector("[role=alert]")) local.removeItem(done);
  });
}

function restore() {
  const draft = store((local) => JSON.parse(local.getItem(key) ?? "null"));
  if (!draft || form.querySelector("[role=alert]")) return;
  let filled = false;
  for (const name of kept) {
    const input = field(name);
    if (input && !input.value.trim() && draft[name]) { input.value = draft[name]; filled = true; }
  }
  if (filled) say("Your unsent text is back.");
}

let timer;
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1000); });
form.addEventListener("submit", () => { clearTimeout(timer); save(); store((_, session) => session.setItem("sent draft", key)); });
addEventListener("pagehide", () => { clearTimeout(timer); save(); });

const files = [...form.querySelectorAll("input[type=file]")];
const free = () => files.filter((input) => !input.files.length);

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
  const next = free()[0];
  const more = next?.closest("details");
  if (more) more.open = true;
}

function add(list) {
  const pictures = [...list].filter((file) => file.type.startsWith("image/"));
  const places = free();
  pictures.slice(0, places.length).forEach((file, index) => give(places[index], file));
  if (pictures.length > places.length) say(`Only ${files.length} pictures fit into a post.`);
  return pictures.length > 0;
}

for (const input of files) {
  input.multiple = true;
  input.addEventListener("change", () => {
    const [first, ...rest] = input.files;
    give(input, first);
    add(rest);
  });
}
form.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
form.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); add(event.dataTransfer.files); } });
form.addEventListener("paste", (event) => { if (add(event.clipboardData.files)) event.preventDefault(); });
form.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });

settle();
restore();
