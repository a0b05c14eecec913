// Sending the form that writes without leaving the page: how much is up stands in the button, and whatever goes wrong
// is said above it with everything still in place.
const STALL = 60000;

const REASONS = {
  0: "No connection. Everything is still here: try again.",
  413: "The pictures are too large for this server.",
  429: "That was a little fast. Wait a moment and try again.",
  502: "The server is not there at the moment. Everything is still here: try again.",
  503: "The server is busy. Everything is still here: try again.",
};

function fail(form, sentence) {
  form.querySelector(":scope > .alert")?.remove();
  const box = document.createElement("div");
  box.className = "notice alert";
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  form.querySelector(":scope > .buttons").before(box);
}

// Asked once: a picture without words is nothing to people who cannot see it.
function undescribed(form) {
  if (form.dataset.asked) return false;
  const bare = [...form.querySelectorAll(".slot")].filter((slot) => {
    const file = slot.querySelector("input[type=file]");
    return file?.files.length && !slot.querySelector("textarea").value.trim();
  });
  if (!bare.length) return false;
  form.dataset.asked = "yes";
  fail(form, "A picture has no description yet. Add one, or press the button again to post without.");
  bare[0].querySelector("textarea").focus();
  return true;
}

function arrive(form, place) {
  form.dispatchEvent(new Event("sent", { bubbles: true }));
  const url = new URL(place, location.href);
  const same = url.pathname === location.pathname && url.search === location.search;
  location.assign(url);
  if (same) location.reload();
}

// The server sent the form again: with its faults, with what was typed, with the pictures it already has.
function again(form, fresh) {
  form.replaceWith(document.importNode(fresh, true));
  document.dispatchEvent(new Event("added"));
  document.querySelector("form.compose [aria-invalid], form.compose .alert")?.scrollIntoView({ block: "center" });
  document.querySelector("form.compose [aria-invalid]")?.focus({ preventScroll: true });
}

function answered(form, request) {
  const place = request.getResponseHeader("Location");
  if (request.status === 201 && place) return arrive(form, place);
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("form.compose");
  if (fresh) return again(form, fresh);
  const said = page.querySelector(".error p:not(.status)")?.textContent;
  return fail(form, said || REASONS[request.status] || `The server could not take it (${request.status}). Everything is still here: try again.`);
}

function send(form, button) {
  const label = button.textContent;
  const request = new XMLHttpRequest();
  let stall;
  let late = false;
  const alive = () => {
    clearTimeout(stall);
    stall = setTimeout(() => { late = true; request.abort(); }, STALL);
  };
  form.querySelector(":scope > .alert")?.remove();
  form.setAttribute("aria-busy", "true");
  button.textContent = "Sending…";
  request.open("POST", form.action);
  request.setRequestHeader("X-Fragment", "compose");
  request.upload.addEventListener("progress", (event) => {
    alive();
    const part = Math.floor((event.loaded / event.total) * 100);
    button.textContent = part < 100 ? `Sending ${part} %` : "Working…";
  });
  request.addEventListener("loadend", () => {
    clearTimeout(stall);
    form.removeAttribute("aria-busy");
    button.textContent = label;
    if (late) fail(form, "The server did not answer. Look whether the post arrived before you send it again.");
    else if (!request.status) fail(form, REASONS[0]);
    else answered(form, request);
  });
  alive();
  request.send(new FormData(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.compose")) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy") || undescribed(form)) return;
  send(form, event.submitter ?? form.querySelector("button[type=submit]"));
});
