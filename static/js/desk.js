// The editor speaks the release's language: its direction, its language, its name for screen readers.
const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

function speak(element, language) {
  element.lang = language;
  element.dir = RIGHT_TO_LEFT.has(language.split("-")[0]) ? "rtl" : "ltr";
}

function introduce(textarea) {
  const editable = textarea.closest(".prose-editor")?.querySelector(".tiptap");
  if (!editable) return;
  const label = textarea.id && document.querySelector(`label[for="${textarea.id}"]`);
  editable.setAttribute("role", "textbox");
  editable.setAttribute("aria-multiline", "true");
  editable.setAttribute("aria-label", textarea.getAttribute("aria-label") || label?.textContent.trim().replace(/:$/, "") || "");
  if (textarea.getAttribute("aria-describedby")) {
    editable.setAttribute("aria-describedby", textarea.getAttribute("aria-describedby"));
  }
  speak(editable, textarea.lang || "en");
  if (label) label.addEventListener("click", () => editable.focus());
}

// What one chooses by typing is announced by its label.
function name(select) {
  const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim().replace(/:$/, "");
  const box = select.parentElement.querySelector(".select2-selection");
  if (!label || !box) return;
  box.setAttribute("aria-label", label);
  box.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", label);
}

function nameAll() {
  setTimeout(() => document.querySelectorAll("select.admin-autocomplete").forEach(name));
}

addEventListener("load", nameAll);
addEventListener("formset:added", nameAll);

addEventListener("prose-editor:ready", (event) => {
  introduce(event.detail.textarea);
});

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".prose-editor > textarea").forEach(introduce);
  const language = document.querySelector("#release_form [name=language], #boilerplate_form [name=language]");
  if (!language) return;
  const follow = () => {
    for (const name of ["headline", "summary", "body", "notes_to_editors", "title", "topics", "dateline_raw"]) {
      const field = language.form.elements.namedItem(name);
      if (!field) continue;
      speak(field, language.value);
      const editable = field.closest(".prose-editor")?.querySelector(".tiptap");
      if (editable) speak(editable, language.value);
    }
  };
  language.addEventListener("change", follow);
  follow();
});
