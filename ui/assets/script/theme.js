// The theme while it is being chosen: colours and size are shown at once, and how well they can be read. Nothing is kept
// before the form is sent; leaving the page takes it back.
const form = document.getElementById("theme");
const root = document.documentElement;
const mend = document.getElementById("mend");
const dark = matchMedia("(prefers-color-scheme: dark)");
const NAMES = ["primary", "secondary", "tertiary", "accent"];

const linear = (part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
const gamma = (part) => (part <= .0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - .055);
const rgb = (hex) => [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255));
const light = (hex) => rgb(hex).reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);

function contrast(one, two) {
  const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
  return (high + .05) / (low + .05);
}

const times = (matrix, [a, b, c]) => matrix.map(([x, y, z]) => x * a + y * b + z * c);
const TO = [[[.4122214708, .5363325363, .0514459929], [.2119034982, .6806995451, .1073969566], [.0883024619, .2817188376, .6299787005]],
  [[.2104542553, .793617785, -.0040720468], [1.9779984951, -2.428592205, .4505937099], [.0259040371, .7827717662, -.808675766]]];
const FROM = [[[1, .3963377774, .2158037573], [1, -.1055613458, -.0638541728], [1, -.0894841775, -1.291485548]],
  [[4.0767416621, -3.3077115913, .2309699292], [-1.2684380046, 2.6097574011, -.3413193965], [-.0041960863, -.7034186147, 1.707614701]]];
const lab = (hex) => times(TO[1], times(TO[0], rgb(hex)).map(Math.cbrt));

function mix(one, part, two) {
  const other = lab(two);
  const mixed = lab(one).map((value, at) => value * part + other[at] * (1 - part));
  const parts = times(FROM[1], times(FROM[0], mixed).map((value) => value ** 3));
  return `#${parts.map((value) => Math.round(gamma(Math.min(1, Math.max(0, value))) * 255).toString(16).padStart(2, "0")).join("")}`;
}

const sides = [...form.querySelectorAll("[data-side]")];
const inputs = (side) => [...side.querySelectorAll("input[type=color]")];
const palette = (side) => inputs(side).map((input) => input.value);

// In the order of the table, with what each needs.
function readings([page, surface, link, ink]) {
  const edge = mix(ink, .52, surface);
  return [[contrast(ink, page), 4.5], [contrast(ink, surface), 4.5], [contrast(link, page), 4.5], [contrast(link, surface), 4.5],
    [contrast(link, mix(link, .12, surface)), 4.5], [Math.min(contrast(edge, page), contrast(edge, surface)), 3]];
}

function read(side) {
  const rows = [...side.querySelectorAll("tbody tr")];
  return readings(palette(side)).map(([ratio, least], at) => {
    const enough = ratio >= least;
    rows[at].classList.toggle("weak", !enough);
    rows[at].querySelector(".ratio").textContent = (Math.floor(ratio * 10) / 10).toFixed(1);
    rows[at].querySelector(".verdict").textContent = enough ? "enough" : "too little";
    return enough;
  }).every(Boolean);
}

function shown() {
  const scheme = form.elements.scheme.value;
  return sides.find((side) => side.dataset.side === (scheme === "auto" ? (dark.matches ? "dark" : "light") : scheme));
}

function show(side) {
  const colours = palette(side);
  const [page, , link, ink] = colours;
  const set = (name, value) => root.style.setProperty(name, value);
  NAMES.forEach((name, at) => set(`--${name}`, colours[at]));
  set("--on-link", contrast(page, link) >= contrast(ink, link) ? page : ink);
  set("--muted", "color-mix(in oklab, var(--ink) 78%, var(--surface))");
  set("color-scheme", light(page) < .18 ? "dark" : "light");
  set("font-size", `${form.elements.text_size.value * 6.25}%`);
  mend.hidden = sides.map(read).every(Boolean);
}

form.addEventListener("input", (event) => {
  const side = event.target.closest("[data-side]");
  if (event.target.type === "color") side.querySelector("input[value=own]").checked = true;
  const colours = event.target.dataset.colours?.split(" ");
  if (colours) inputs(side).forEach((input, at) => { input.value = colours[at]; });
  show(side ?? shown());
});
