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
  const [, hour, point = ":", minute] = element.textContent.match(/(\d?\d)([:.])(\d\d)/) ?? [];
  if (Number.isNaN(+moment) || (+hour === moment.getHours() && +minute === moment.getMinutes())) return;
  const [year, month, day] = element.dateTime.slice(0, 10).split("-");
  const isThatDay = +day === moment.getDate() && +month === moment.getMonth() + 1 && +year === moment.getFullYear();
  const date = isThatDay ? {} : { day: "numeric", month: "long" };
  const format = { ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
  const there = moment.toLocaleString(document.documentElement.lang, format).replace(/(\d\d):(\d\d)/, `$1${point}$2`);
  const told = document.createElement("span");
  told.className = "your-time";
  told.textContent = (words.yourTime ?? "{time}").replace("{time}", there);
  const sentence = element.closest("span");
  if (sentence) sentence.append(" ", told);
  else element.after(" ", told);
}

function enhance(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-copy-text]")) button.hidden = !navigator.clipboard;
  for (const time of root.querySelectorAll("time[data-local]")) tellLocally(time);
}
enhance(document);

// A list is narrowed without leaving the page: the same address is asked for, its <main> put in place of this one.
// Whatever goes wrong, the browser simply goes there.
const main = document.querySelector("main");
const isList = () => main?.querySelector("[data-narrow]");
const headOf = (page) => page.head.querySelectorAll("meta[name=robots], link[rel=canonical], link[rel=alternate]");
let shown = location.pathname + location.search;
let asking;

async function show(url, { push = true, top } = {}) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || answer.redirected || !page.querySelector("main [data-narrow]")) throw new Error(url);
    if (push) {
      history.replaceState({ top: scrollY }, "");
      history.pushState(null, "", url);
    }
    put(page, top);
  } catch (error) {
    if (!signal.aborted) location.assign(url);
  } finally {
    if (asking.signal === signal) main.removeAttribute("aria-busy");
  }
}

function put(page, top) {
  shown = location.pathname + location.search;
  document.title = page.title;
  headOf(document).forEach((element) => element.remove());
  document.head.append(...headOf(page));
  const sought = new URL(location).searchParams.get("q") ?? "";
  document.querySelectorAll(".masthead input[name=q]").forEach((input) => { input.value = sought; });
  main.replaceChildren(...page.querySelector("main").childNodes);
  enhance(main);
  const result = main.querySelector("[data-narrow] :is(.meant, .found p, .wire h2, .empty h2)") ?? main;
  result.tabIndex = -1;
  result.focus({ preventScroll: true });
  if (top === undefined) result.scrollIntoView({ block: "nearest" });
  else scrollTo(0, top);
}

const isHere = (url) => url.origin === location.origin && url.pathname === location.pathname;

document.addEventListener("submit", (event) => {
  const url = new URL(event.target.action);
  if (event.defaultPrevented || !isList() || event.target.method !== "get" || !isHere(url)) return;
  event.preventDefault();
  const asked = [...new FormData(event.target, event.submitter)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(asked);
  show(url);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!isHere(link) || link.hash || link.target || link.hasAttribute("download") || !isList()) {
    asking?.abort();
    return;
  }
  event.preventDefault();
  show(new URL(link.href));
});

addEventListener("pagehide", () => asking?.abort());

addEventListener("popstate", (event) => {
  if (isList() && location.pathname + location.search !== shown) {
    show(new URL(location), { push: false, top: event.state?.top ?? 0 });
  }
});

// A section half outside the bar comes in whole when the keyboard gets to it.
document.querySelector(".sections")?.addEventListener("focusin", (event) => {
  event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
