import { byId } from './dom.js';

const TOAST_MS = 4_500;

/** The line at the top of the page: what is wrong for as long as it is. */
export const banner = {
  show(text, { tone = 'warning', action, onAction } = {}) {
    byId('banner').dataset.tone = tone;
    byId('banner-text').textContent = text;
    const button = byId('banner-action');
    button.hidden = !action;
    button.textContent = action ?? '';
    button.onclick = onAction ?? null;
    byId('banner').hidden = false;
  },

  hide() {
    byId('banner').hidden = true;
  },
};

/** A short notice that goes by itself, except when it asks for a decision. */
export function toast(text, actions = []) {
  const notice = document.createElement('div');
  notice.className = 'toast';
  notice.append(text);
  for (const { label, run } of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'text-button';
    button.textContent = label;
    button.onclick = () => {
      notice.remove();
      run();
    };
    notice.append(button);
  }
  byId('toasts').append(notice);
  if (actions.length === 0) {
    setTimeout(() => notice.remove(), TOAST_MS);
  }
}
