// Rows of a release in staff's own order: buttons that move a row up or down, and numbers that follow.
const rowsOf = (group) => [...group.querySelectorAll(".row:not(.empty-form)")];

function number(group) {
  const rows = rowsOf(group);
  rows.forEach((row, index) => {
    const input = row.querySelector("input.position");
    if (input) input.value = index + 1;
    const [up, down] = row.querySelectorAll(".order-keys button");
    if (up) up.disabled = index === 0;
    if (down) down.disabled = index === rows.length - 1;
  });
}

function button(text, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function equip(group, row) {
  const input = row.querySelector("input.position");
  if (!input || row.querySelector(".order-keys")) return;
  const keys = document.createElement("span");
  keys.className = "order-keys";
  const move = (back) => (event) => {
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + (back ? -1 : 1)];
    if (!other) return;
    if (back) other.before(row); else other.after(row);
    number(group);
    event.currentTarget.focus();
    if (document.activeElement !== event.currentTarget) keys.querySelector("button:not(:disabled)")?.focus();
  };
  keys.append(button("↑", group.dataset.up, move(true)), button("↓", group.dataset.down, move(false)));
  input.addEventListener("change", () => {
    const rows = rowsOf(group).filter((each) => each !== row);
    const place = Math.min(Math.max(Number(input.value) || rows.length + 1, 1), rows.length + 1);
    if (place > rows.length) rows.at(-1)?.after(row); else rows[place - 1].before(row);
    number(group);
    input.focus();
  });
  const box = document.createElement("span");
  box.className = "position-box";
  input.replaceWith(box);
  box.append(input, keys);
}

function begin(group) {
  rowsOf(group).forEach((row) => equip(group, row));
  if (group.querySelector("input.position")) number(group);
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-group.rows").forEach(begin);
  document.addEventListener("formset:added", (event) => {
    const group = event.target.closest(".inline-group.rows");
    if (group) begin(group);
  });
  document.addEventListener("formset:removed", () => {
    document.querySelectorAll(".inline-group.rows").forEach(begin);
  });
});
