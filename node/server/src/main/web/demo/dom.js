export const byId = (id) => document.getElementById(id);

/** A copy of a template's one element. */
export function instance(templateId) {
  return byId(templateId).content.cloneNode(true).firstElementChild;
}

/** Shows another symbol of the sprite. */
export function setIcon(button, name) {
  button.querySelector('use').setAttribute('href', `demo/icons.svg#${name}`);
}

/** A toggle shows its state to eyes, screen readers and the pointer. */
export function setToggle(button, on, { icon, label }) {
  button.setAttribute('aria-pressed', String(on));
  button.title = label;
  button.setAttribute('aria-label', label);
  setIcon(button, icon);
}
