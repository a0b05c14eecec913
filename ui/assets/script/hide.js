// Posts somebody does not want to see: a line stays where each stood, with the way back. Kept on this device alone. Where
// threads are shown in short, the replies go with their opening post.
const KEY = "hidden";
const MOST = 500;
const POSTS = "main .thread .post, main .summary .post";

const idOf = (post) => /^\/p\/(\d+)\//.exec(post.querySelector(".acts a[href$='/menu']")?.getAttribute("href"))?.[1];

function read() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; }
}

// Where nothing may be kept, it holds until the page is left.
function keep(id, hidden) {
  const ids = read().filter((one) => one !== id);
  if (hidden) ids.push(id);
  try { localStorage.setItem(KEY, JSON.stringify(ids.slice(-MOST))); } catch { return; }
}

function button(name, text, number, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `act ${name}`;
  const heard = document.createElement("span");
  heard.className = "only-heard";
  heard.textContent = ` ${number}`;
  made.append(text, heard);
  made.addEventListener("click", action);
  return made;
}

function cover(post, id) {
  const place = post.matches(".op") ? post.closest(".summary") ?? post : post;
  if (place.hidden) return place.previousElementSibling;
  const number = post.querySelector(".no").textContent;
  const stub = document.createElement("div");
  stub.className = "post gone stub";
  stub.append(`${number} is hidden. `, button("unhide", "Show", number, () => {
    keep(id, false);
    stub.remove();
    place.hidden = false;
    post.querySelector(".hide").focus();
  }));
  place.before(stub);
  place.hidden = true;
  return stub;
}

function all() {
  const hidden = new Set(read());
  for (const post of document.querySelectorAll(POSTS)) {
    const id = !post.querySelector(".hide") && !post.closest(".inlined") && idOf(post);
    if (!id) continue;
    const hide = button("hide", "\u2212", `Hide ${post.querySelector(".no").textContent}`, () => {
      keep(id, true);
      cover(post, id).querySelector("button").focus();
    });
    post.prepend(hide);
    if (hidden.has(id) && !post.matches(":target")) cover(post, id);
  }
}

// What a reference leads to is shown.
addEventListener("hashchange", () => {
  const post = document.getElementById(location.hash.slice(1));
  const place = post?.closest("[hidden]");
  if (!place?.matches(".post, .summary")) return;
  place.previousElementSibling.querySelector(".unhide")?.click();
  post.scrollIntoView();
});
document.addEventListener("added", all);
all();
