export const byId = (id) => document.getElementById(id);

/** A copy of a template's one element. */
export function instance(templateId) {
  return byId(templateId).content.cloneNode(true).firstElementChild;
}

/** A toggle shows its state to eyes, screen readers and the pointer. */
export function setToggle(button, on, { icon, label }) {
  button.setAttribute('aria-pressed', String(on));
  button.title = label;
  button.setAttribute('aria-label', label);
  button.querySelector('use').setAttribute('href', `#icon-${icon}`);
}
