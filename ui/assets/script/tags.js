// Fields for tags offer those in use that begin with the word being written.
const list = document.createElement("datalist");
list.id = "tags-in-use";
document.body.append(list);
let asked;

async function offer(field) {
  const word = field.value.match(/[^\s,#]*$/)[0];
  const before = field.value.slice(0, field.value.length - word.length);
  if (!word || word === asked) return;
  asked = word;
  const answer = await fetch(`/api/stoa/v1/tags?limit=10&q=${encodeURIComponent(word)}`);
  if (!answer.ok || asked !== word) return;
  const { items } = await answer.json();
  list.replaceChildren(...items.map(({ name, post_count: count }) => {
    const option = document.createElement("option");
    option.value = before + name;
    option.label = `${name} (${count})`;
    return option;
  }));
}

let wait;
function attach() {
  for (const field of document.querySelectorAll("input[name=tags]:not([list]), input[data-tags]:not([list])")) {
    field.setAttribute("list", list.id);
    field.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => offer(field).catch(() => {}), 150);
    });
  }
}

document.addEventListener("added", attach);
attach();
