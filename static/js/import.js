// Goes on with an import step by step. Without this, the form's button does the same by hand.

const form = document.querySelector("[data-goes-on]");

async function step() {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function show({ done, total }) {
  const bar = form.querySelector("progress");
  bar.max = total;
  bar.value = done;
  form.querySelector("output").textContent = `${done} / ${total}`;
}

async function goOn() {
  const button = form.querySelector("button");
  button.hidden = true;
  try {
    let state = { finished: false };
    while (!state.finished) {
      state = await step();
      show(state);
    }
    location.reload();
  } catch {
    button.hidden = false;
  }
}

if (form) goOn();
