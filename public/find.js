/** Searches while somebody types. Without this script, the same form does it with its button. */

const form = document.querySelector('form[data-find]');
const said = document.querySelector('[data-said]');
const results = document.querySelector('[data-results]');
const heading = document.querySelector('h1');
const files = document.querySelector('[data-exports]');

// The picker asks when somebody pauses; whom the list shows then is whom it suggests.
form.addEventListener('suggest', ({ detail }) => {
  detail.people = search(detail.signal);
});
document.addEventListener('change', ({ target }) => {
  if (target.form === form && target.name === 'top') form.requestSubmit();
});

/** @returns who was found; undefined where that is not known */
async function search(signal) {
  const address = addressOf(form);
  results.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, { signal, redirect: 'manual' });
    if (response.type === 'opaqueredirect') location.assign(address);
    else if (response.ok)
      return show(new DOMParser().parseFromString(await response.text(), 'text/html'), address);
    else fail();
  } catch {
    if (!signal.aborted) fail();
  } finally {
    if (!signal.aborted) results.removeAttribute('aria-busy');
  }
  return undefined;
}

function addressOf({ action, elements }) {
  const address = new URL(action);
  const { search, top } = elements;
  if (search.value.trim() !== '') address.searchParams.set('search', search.value);
  const asked = new URLSearchParams(location.search).get('top');
  // All is many questions to Graph: at each pause, a page of the usual size; with the button, All.
  const size = top?.value ?? asked;
  if (asked !== null && size !== 'all') address.searchParams.set('top', size);
  return address.href;
}

function show(page, address) {
  const found = page.querySelector('[data-results]');
  if (found === null) {
    location.assign(address);
    return undefined;
  }
  const size = form.elements.top?.value;
  results.replaceChildren(...found.childNodes);
  // All stays chosen for the button.
  if (size !== undefined && form.elements.top !== undefined) form.elements.top.value = size;
  heading.textContent = page.querySelector('h1').textContent;
  const newer = page.querySelector('[data-exports]');
  files?.replaceChildren(...newer.childNodes);
  if (files !== null) files.hidden = newer.hidden;
  document.title = page.title;
  history.replaceState(null, '', address);
  followTo(page);
  say(heading.textContent);
  return [...results.querySelectorAll('tr:has(a.person)')].map(personIn);
}

function personIn(row) {
  const link = row.querySelector('a.person');
  return { name: link.textContent, mail: row.querySelector('td').textContent, url: link.href };
}

/** What leads back here (languages, other accounts) leads back to what is shown now. */
function followTo(page) {
  const leadBack = ':is(header, footer) a[href*="returnTo="]';
  const newer = page.querySelectorAll(leadBack);
  for (const [index, link] of document.querySelectorAll(leadBack).entries()) {
    link.setAttribute('href', newer[index].getAttribute('href'));
  }
}

/** What was found before does not belong to this search. */
function fail() {
  const { failed, advice } = said.dataset;
  const lead = document.createElement('p');
  lead.className = 'lead';
  lead.textContent = advice;
  results.replaceChildren(lead);
  if (files !== null) files.hidden = true;
  heading.textContent = failed;
  say(`${failed}. ${advice}`);
}

function say(text) {
  said.textContent = text;
}
