"use strict";

const { strengths, paintings, photographs } = JSON.parse(document.getElementById("data").textContent);
const cells = [...document.querySelectorAll(".cell")];
const sliders = [...document.querySelectorAll(".strength")];
const dialog = document.querySelector("dialog");
const compare = dialog.querySelector(".compare");
const split = dialog.querySelector(".split");
const after = dialog.querySelector(".after");

let strength = strengths.at(-1);
let shown = null; // the cell that the dialog shows

const pictureOf = (cell, percent) =>
  `pictures/${percent}/${cell.dataset.photograph}-${cell.dataset.painting}.webp`;

/* ---- Strength ---------------------------------------------------------------------- */

function setStrength(index) {
  strength = strengths[index];
  for (const slider of sliders) {
    slider.value = index;
    slider.setAttribute("aria-valuetext", `${strength} %`);
  }
  for (const output of document.querySelectorAll(".percent")) output.textContent = `${strength} %`;
  for (const cell of cells) cell.querySelector("img").src = pictureOf(cell, strength);
  if (shown) after.src = pictureOf(shown, strength);
}

/* The other strengths, before the slider asks for them: as soon as someone reaches for it. */
function preload() {
  for (const cell of cells) for (const percent of strengths) new Image().src = pictureOf(cell, percent);
}

for (const slider of sliders) slider.addEventListener("input", () => setStrength(slider.value));
for (const event of ["pointerover", "focusin"])
  document.querySelector("body > .controls").addEventListener(event, preload, { once: true });

/* ---- One picture ------------------------------------------------------------------- */

function show(cell) {
  const painting = paintings[cell.dataset.painting];
  const photograph = cell.dataset.photograph;
  shown = cell;
  after.src = pictureOf(cell, strength);
  after.alt = cell.querySelector("img").alt;
  dialog.querySelector(".before").src = `originals/${photograph}.jpg`;
  dialog.querySelector(".before").alt = photographs[photograph];
  dialog.querySelector(".source").src = `originals/${painting.picture}`;
  dialog.querySelector(".source").alt = painting.title;
  const title = document.createElement("cite");
  title.textContent = painting.title;
  const painter = document.createElement("span");
  painter.textContent = `${painting.painter}, ${painting.year}`;
  dialog.querySelector("#view-caption").replaceChildren(title, painter);
  moveSplit(50);
  if (!dialog.open) dialog.showModal();
}

function moveSplit(percent) {
  split.value = percent;
  compare.style.setProperty("--split", `${percent}%`);
}

function step(by) {
  show(cells[(cells.indexOf(shown) + by + cells.length) % cells.length]);
}

for (const cell of cells) cell.addEventListener("click", () => show(cell));
split.addEventListener("input", () => moveSplit(split.value));
dialog.querySelector(".previous").addEventListener("click", () => step(-1));
dialog.querySelector(".next").addEventListener("click", () => step(1));
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // the backdrop
});
dialog.addEventListener("close", () => {
  shown.focus(); // the last one that was looked at
  shown = null;
});

/* Browsers keep a slider's place when a page is loaded again. */
setStrength(sliders[0].value);
