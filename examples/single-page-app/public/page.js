// The page's script: it holds no token, so whatever steals into it can take none away.
const byId = (id) => document.getElementById(id);

/** Calls the backend; undefined where nobody is signed in (any more). */
async function call(path, options = {}) {
  const response = await fetch(`/api${path}`, {
    ...options,
    headers: { 'X-Requested-With': 'single-page-app', 'Content-Type': 'application/json' },
  });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function list(id, texts) {
  byId(id).replaceChildren(
    ...texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })),
  );
}

async function show() {
  const me = await call('/me');
  byId('greeting').textContent = `Hello ${me?.displayName ?? 'visitor'}`;
  byId('sign-in').hidden = me !== undefined;
  byId('mine').hidden = me === undefined;
  list('notes', me?.notes ?? []);
}

// A sign-in is a page that is opened, not a request of a script.
byId('sign-in').onclick = () => {
  location.assign(`/login?returnTo=${encodeURIComponent(location.pathname)}`);
};
byId('add').onsubmit = async (event) => {
  event.preventDefault();
  await call('/notes', { method: 'POST', body: JSON.stringify({ text: event.target.elements.text.value }) });
  event.target.reset();
  await show();
};
byId('ask').onclick = async () => {
  const people = await call('/people');
  if (people === undefined) await show();
  else
    list(
      'people',
      people.value.map(({ displayName }) => displayName),
    );
};
await show();
