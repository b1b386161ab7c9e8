import { byId, instance } from './dom.js';
import { explain } from './messages.js';

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** The conversation beside the call. */
export class Chat {
  #room;
  #name;
  #unread = 0;
  #lastFrom = null;
  #unsubscribe;

  constructor(room, name) {
    this.#room = room;
    this.#name = name;
    byId('chat-log').replaceChildren();
    room.messages.forEach((message) => this.#append(message));
    this.#unsubscribe = room.on('chat', (message) => this.#arrived(message));
    byId('chat-form').onsubmit = (event) => this.#submit(event);
    byId('chat-close').onclick = () => this.toggle(false);
    this.toggle(false);
  }

  get isOpen() {
    return !byId('chat').hidden;
  }

  toggle(open = !this.isOpen) {
    const hadFocus = byId('chat').contains(document.activeElement);
    byId('chat').hidden = !open;
    byId('chat-toggle').setAttribute('aria-pressed', String(open));
    if (open) {
      this.#setUnread(0);
      byId('chat-input').focus();
      this.#scrollToEnd();
    } else if (hadFocus) {
      byId('chat-toggle').focus();
    }
  }

  close() {
    this.#unsubscribe();
    this.toggle(false);
    this.#setUnread(0);
  }

  #submit(event) {
    event.preventDefault();
    const text = byId('chat-input').value.trim();
    if (text) {
      byId('chat-input').value = '';
      this.#send(text);
    }
  }

  async #send(text) {
    const from = this.#room.self;
    const item = this.#append({ from, at: new Date().toISOString(), data: { text, name: this.#name } });
    const state = item.querySelector('.message-state');
    state.hidden = false;
    state.textContent = 'Sending…';
    try {
      await this.#room.chat({ text, name: this.#name });
      state.hidden = true;
    } catch (error) {
      this.#offerAgain(item, state, text, error);
    }
  }

  #offerAgain(item, state, text, error) {
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'text-button';
    again.textContent = 'Send again';
    again.onclick = () => {
      item.remove();
      this.#send(text);
    };
    state.replaceChildren(`Not sent. ${explain(error).text} `, again);
  }

  #arrived(message) {
    this.#append(message);
    if (!this.isOpen) {
      this.#setUnread(this.#unread + 1);
    }
  }

  #append({ from, user, at, data }) {
    const item = instance('message-template');
    const name = from === this.#room.self ? 'You' : data?.name ?? this.#room.members.get(from)?.profile.name ?? user;
    item.classList.toggle('follows', from === this.#lastFrom);
    item.querySelector('.message-name').textContent = name;
    item.querySelector('time').dateTime = at;
    item.querySelector('time').textContent = TIME.format(new Date(at));
    item.querySelector('.message-text').textContent = data?.text ?? '';
    byId('chat-log').append(item);
    this.#lastFrom = from;
    this.#scrollToEnd();
    return item;
  }

  #scrollToEnd() {
    byId('chat-log').scrollTop = byId('chat-log').scrollHeight;
  }

  #setUnread(count) {
    this.#unread = count;
    byId('unread').hidden = count === 0;
    byId('unread').textContent = count > 9 ? '9+' : String(count);
    byId('unread').setAttribute('aria-label', `${count} unread`);
  }
}
