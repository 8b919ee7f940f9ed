/**
 * Turns each `<input data-picker="Suggestions" data-none="No suggestions">` into a picker of people: a combobox with a
 * list of suggestions (ARIA Authoring Practices). docs/recipes.md says what more it can. Without this script, the field
 * is what it was.
 */

const PAUSE_MS = 250;
const MOST = 8;
/** Beside this file, wherever the app is. */
const SOURCE = new URL('graphcall/suggest', import.meta.url);

let made = 0;

for (const field of document.querySelectorAll('input[data-picker]')) picker(field);

/** For a field that comes to the page later; one that is a picker already stays as it is. */
export function picker(field) {
  if (field.getAttribute('role') === 'combobox') return;
  const { picker: label, most = MOST } = field.dataset;
  made += 1;
  const list = element('ul', { class: 'picks', role: 'listbox', id: `picks-${made}`, 'aria-label': label });
  const status = element('p', { class: 'unseen', role: 'status' });
  const chosen = hiddenFieldOf(field);
  let people = [];
  let active = -1;
  let pause;
  let asking = new AbortController();

  set(field, {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    autocomplete: 'off',
  });
  field.parentElement.classList.add('picking');
  field.parentElement.append(list, status);
  close();

  field.addEventListener('input', ({ isComposing }) => {
    if (chosen !== undefined) chosen.value = '';
    activate(-1);
    if (!isComposing) askSoon();
  });
  field.addEventListener('compositionend', askSoon);
  field.addEventListener('keydown', press);
  field.addEventListener('blur', close);
  field.form?.addEventListener('submit', giveUp);
  // The focus stays in the field while somebody presses a suggestion.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const option = target.closest('[role=option]');
    if (option !== null) choose(people[[...list.children].indexOf(option)]);
  });

  function askSoon() {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  }

  /** The newest question wins: an older one that is still under way is given up, and its response dropped. */
  async function ask() {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    const search = field.value.trim();
    const detail = { search, signal, people: undefined };
    field.dispatchEvent(new CustomEvent('suggest', { bubbles: true, detail }));
    const isOwn = detail.people === undefined;
    const found = await (isOwn ? suggestionsFor(search, signal) : detail.people).catch(() => undefined);
    if (signal.aborted) return;
    people = fewOf(search, found);
    close();
    if (document.activeElement !== field) return;
    list.replaceChildren(...people.map((person, index) => optionOf(person, `${list.id}-${index}`)));
    if (people.length > 0) open();
    // Who finds other people says so; and nothing is said where nothing is known.
    if (isOwn && found !== undefined) say(search);
  }

  const fewOf = (search, found = []) => (search === '' ? [] : found.slice(0, most));

  function say(search) {
    const none = search === '' ? '' : field.dataset.none;
    status.textContent = people.length === 0 ? (none ?? '') : `${label}: ${people.length}`;
  }

  function stop() {
    clearTimeout(pause);
    asking.abort();
  }

  function giveUp() {
    stop();
    people = [];
    close();
  }

  function open() {
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
  }

  function close() {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    status.textContent = '';
    activate(-1);
  }

  function activate(index) {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = list.children[active];
    if (option === undefined) {
      field.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', option.id);
  }

  const actions = {
    ArrowDown: ({ altKey }) => down(altKey),
    ArrowUp: ({ altKey }) => (altKey ? close() : activate((active < 1 ? people.length : active) - 1)),
    Enter: () => choose(people[active]),
    Escape: close,
  };

  function press(event) {
    // Keys of an input method belong to it; WebKit ends a composition before the key that ended it (229).
    if (event.isComposing || event.keyCode === 229) return;
    const { key } = event;
    // The caret moves, and the focus is in the text again.
    if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(key)) activate(-1);
    const isOurs = list.hidden ? key === 'ArrowDown' : key !== 'Enter' || active >= 0;
    if (!isOurs || !Object.hasOwn(actions, key)) return;
    event.preventDefault();
    actions[key](event);
  }

  function down(opensOnly) {
    if (!list.hidden) {
      activate((active + 1) % people.length);
      return;
    }
    if (people.length === 0) {
      ask();
      return;
    }
    open();
    if (!opensOnly) activate(0);
  }

  function choose(person) {
    giveUp();
    const isTaken = !field.dispatchEvent(
      new CustomEvent('pick', { bubbles: true, cancelable: true, detail: person }),
    );
    if (isTaken) return;
    if (field.dataset.opens !== undefined) {
      location.assign(person.url);
      return;
    }
    field.value = person.name;
    if (chosen !== undefined) chosen.value = person.id;
  }
}

/** @returns undefined where the app could not say */
async function suggestionsFor(search, signal) {
  if (search === '') return [];
  const address = new URL(SOURCE);
  address.searchParams.set('search', search);
  const response = await fetch(address, { signal });
  return response.ok ? (await response.json()).people : undefined;
}

/** Goes along with the field's form: the id of who was chosen, under the name in `data-id`. */
function hiddenFieldOf(field) {
  if (field.dataset.id === undefined) return undefined;
  const hidden = element('input', { type: 'hidden', name: field.dataset.id });
  field.after(hidden);
  return hidden;
}

/** Names are texts, of any direction, and never markup. */
function optionOf({ name, mail }, id) {
  const option = element('li', { role: 'option', id, 'aria-selected': 'false' });
  for (const [text, className] of [
    [name, 'name'],
    [mail ?? '', 'quiet'],
  ]) {
    const part = element('bdi', { class: className });
    part.textContent = text;
    option.append(part, ' ');
  }
  return option;
}

function element(name, attributes) {
  return set(document.createElement(name), attributes);
}

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  return target;
}
