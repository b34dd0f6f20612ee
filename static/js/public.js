// What script adds to pages that are whole without it: copying, the reader's own time, narrowing a list in place.
const words = document.querySelector("script[data-your-time]")?.dataset ?? {};

// Copy buttons: <button data-copy="#id"> the text of an element, <button data-copy-text="…"> these very words.
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);

async function copy(button) {
  const source = button.dataset.copy && document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source ? source.innerText.trim() : button.dataset.copyText);
  const label = button.textContent;
  if (button.dataset.copied && label !== button.dataset.copied) {
    button.style.minInlineSize = `${button.offsetWidth}px`;
    button.textContent = said.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2500);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-text]");
  if (button) copy(button).catch(() => { button.hidden = true; });
});

// <time datetime="…" data-local>: the same moment where the reader is, unless the clock there shows what is written.
function tellLocally(element) {
  const moment = new Date(element.dateTime);
  const [, hour, minute] = element.textContent.match(/(\d?\d)[:.](\d\d)/) ?? [];
  if (Number.isNaN(+moment) || (+hour === moment.getHours() && +minute === moment.getMinutes())) return;
  const [year, month, day] = element.dateTime.slice(0, 10).split("-");
  const isThatDay = +day === moment.getDate() && +month === moment.getMonth() + 1 && +year === moment.getFullYear();
  const date = isThatDay ? {} : { day: "numeric", month: "long" };
  const format = { ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
  const told = document.createElement("span");
  told.className = "your-time";
  told.textContent = (words.yourTime ?? "{time}").replace("{time}", moment.toLocaleString(document.documentElement.lang, format));
  element.after(" ", told);
}

function enhance(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-copy-text]")) button.hidden = !navigator.clipboard;
  for (const time of root.querySelectorAll("time[data-local]")) tellLocally(time);
}
enhance(document);
