// Votes at once: the buttons show what was wanted, one request is on its way at a time, and a refusal brings back
// the last state the server confirmed. What is sent is a state, never a step, so it may be sent again.
const PAUSE = 350;
const PATIENCE = 15000;
const status = document.getElementById("status");
const votes = new WeakMap();

const say = (text) => { if (status) status.textContent = text; };
const buttons = (form) => [...form.querySelectorAll("button[name=value]")];
const way = (button) => (button.classList.contains("like") ? 1 : -1);
const count = (button) => button.querySelector(".count");

function read(form) {
  const state = { value: 0 };
  for (const button of buttons(form)) {
    state[way(button)] = Number(count(button).textContent);
    if (button.getAttribute("aria-pressed") === "true") state.value = way(button);
  }
  return state;
}

function show(form, state) {
  for (const button of buttons(form)) {
    const pressed = state.value === way(button);
    button.setAttribute("aria-pressed", pressed);
    button.value = pressed ? 0 : way(button);
    count(button).textContent = state[way(button)];
  }
}

function changed(state, value) {
  const next = { ...state, value };
  if (state.value) next[state.value] -= 1;
  if (value) next[value] += 1;
  return next;
}

function reason(error) {
  if (error.name === "AbortError") return "The server did not answer: the vote may not be saved.";
  return error instanceof TypeError ? "No connection: the vote was not saved." : error.message;
}

function wait(form, vote) {
  clearTimeout(vote.timer);
  vote.timer = setTimeout(() => send(form, vote), PAUSE);
}

function post(form, value, signal) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("value", value);
  return fetch(form.action, { method: "POST", body: fields, headers: { "X-Fragment": "vote" }, keepalive: true, signal });
}

async function send(form, vote) {
  clearTimeout(vote.timer);
  if (vote.busy || vote.wanted === vote.confirmed.value) return;
  vote.busy = true;
  const sent = (vote.sent = vote.wanted);
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await post(form, sent, patience.signal);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form.vote");
    if (!answer.ok || !fresh) throw new Error(page.querySelector(".error p:not(.status)")?.textContent || "The vote was not saved.");
    vote.confirmed = read(fresh);
    if (vote.wanted === sent) show(form, vote.confirmed);
    say("");
  } catch (error) {
    vote.wanted = vote.confirmed.value;
    show(form, vote.confirmed);
    say(reason(error));
  }
  clearTimeout(late);
  vote.busy = false;
  if (vote.wanted !== vote.confirmed.value) wait(form, vote);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("form.vote") || !button || button.name !== "value") return;
  event.preventDefault();
  if (!votes.has(form)) {
    const confirmed = read(form);
    votes.set(form, { confirmed, wanted: confirmed.value, busy: false, timer: 0 });
  }
  const vote = votes.get(form);
  vote.wanted = Number(button.value);
  show(form, changed(vote.confirmed, vote.wanted));
  wait(form, vote);
});

// Leaving the page: what still waits goes now, also past a request that is on its way with an older wish.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form.vote")) {
    const vote = votes.get(form);
    if (vote?.busy && vote.wanted !== vote.sent) post(form, vote.wanted).catch(() => {});
    else if (vote) send(form, vote);
  }
});
