// Lists that go on by themselves: when somebody reads on and their end is near, the next page's entries join the list.
// Every five pages a button asks first, so that what stands below can be reached. `data-feed="off"` of the body turns it off.
const PAGES = 5;
const NEAR = "600px";
// What somebody does to read on; a page that is not full has nothing to scroll.
const SIGNS = ["scroll", "wheel", "touchmove", "keydown"];
const status = document.getElementById("status");
const say = (text) => { if (status) status.textContent = text; };

const pager = document.querySelector("main nav.pager");
const list = pager?.previousElementSibling;
const link = pager?.querySelector("a[rel=next]");
const button = document.createElement("button");
const mark = (entry) => entry.id || entry.querySelector("[id]")?.id || entry.querySelector("a[href]")?.getAttribute("href");

let next = link?.href;
let left = PAGES;

async function page(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("The server could not show more.");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // The last page may have no way on or back, so that only the list itself is sure to be there.
  const same = [...page.querySelectorAll(`main ${list.localName}`)].find((one) => one.className === list.className);
  return { entries: same?.children ?? [], next: page.querySelector("main nav.pager a[rel=next]")?.href };
}

// Posts move while one reads: what is in the list already is not added again.
function join(entries) {
  const there = new Set([...list.children].map(mark));
  const fresh = [...entries].filter((entry) => !mark(entry) || !there.has(mark(entry)));
  const added = fresh.map((entry) => document.importNode(entry, true));
  list.append(...added);
  document.dispatchEvent(new Event("added"));
  return added;
}

async function load() {
  if (!next || list.hasAttribute("aria-busy")) return;
  list.setAttribute("aria-busy", "true");
  const focused = document.activeElement === button;
  try {
    const found = await page(next);
    const added = join(found.entries);
    next = found.next;
    left -= 1;
    button.textContent = button.dataset.text;
    if (!next) button.remove();
    if (focused && !next) added[0]?.querySelector("a")?.focus();
    if (focused) say(next ? `${added.length} more.` : "That is all.");
  } catch (error) {
    left = 0;
    button.textContent = "Try again";
    say(error instanceof TypeError ? "No connection: the list ends here for now." : error.message);
  }
  list.removeAttribute("aria-busy");
  watch();
}

const near = new IntersectionObserver(
  (found) => { if (left > 0 && found.some((entry) => entry.isIntersecting)) load(); },
  { rootMargin: `0px 0px ${NEAR} 0px` },
);

// Seen anew after each page: an end that is still near after loading has not moved, and would not be told again.
function watch() {
  near.unobserve(pager);
  if (next && left > 0) near.observe(pager);
}

// A thread ends in its form, which must not run away.
if (link && list?.matches("ol, ul") && document.body.dataset.feed !== "off" && !document.getElementById("reply")) {
  button.type = "button";
  button.className = "button";
  button.dataset.text = `Load ${link.textContent.charAt(0).toLowerCase()}${link.textContent.slice(1)}`;
  button.textContent = button.dataset.text;
  button.addEventListener("click", () => { left = PAGES; load(); });
  link.replaceWith(button);
  // An end that is in sight from the start would run away under the eyes.
  if (scrollY > 0) watch();
  else for (const sign of SIGNS) addEventListener(sign, watch, { once: true, passive: true });
}
