// A watched thread is read while one reads it: the last post that was seen is told to the server, at most every few
// seconds and when the page is left.
const PAUSE = 3000;
const form = document.querySelector("form.watch[data-read]");
const list = document.querySelector("ol.thread");
const later = (one, two) => one.length - two.length || (one < two ? -1 : one > two ? 1 : 0);
const id = (post) => /\/p\/(\d+)\//.exec(post.querySelector("form.vote")?.getAttribute("action"))?.[1];

let seen = "";
let told = "";
let timer;

function tell() {
  clearTimeout(timer);
  timer = undefined;
  if (!form || seen === told) return;
  told = seen;
  const fields = new URLSearchParams({ csrf: form.elements.csrf.value, seen });
  fetch(form.dataset.read, { method: "POST", body: fields, headers: { "X-Fragment": "none" }, keepalive: true }).catch(() => { told = ""; });
}

const eye = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const post = isIntersecting && id(target);
    if (!post) continue;
    eye.unobserve(target);
    if (later(post, seen) > 0) seen = post;
  }
  if (seen !== told) timer ??= setTimeout(tell, PAUSE);
});

if (form && list) {
  const watch = (posts) => posts.forEach((post) => { if (post.nodeType === 1) eye.observe(post); });
  watch([...list.children]);
  new MutationObserver((changes) => changes.forEach((change) => watch([...change.addedNodes]))).observe(list, { childList: true });
  addEventListener("pagehide", tell);
}
