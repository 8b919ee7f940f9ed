// What a browser does at an app on this machine: it keeps cookies, and is sent to the sign-in and back.
import { visit } from '../../../../emulator/clients/talk.mjs';

const MOST_STEPS = 10;
const cookies = new Map();

/** The page at an address, after whatever sign-in lies on the way. */
export async function open(address) {
  let [url, form] = [new URL(address), undefined];
  for (let step = 0; step < MOST_STEPS; step++) {
    const response = await ask(url, form);
    const location = response.headers.get('location');
    if (location === null) return response;
    [url, form] = [new URL(location, url), undefined];
    if (url.hostname !== 'localhost') [url, form] = await signedIn(url);
  }
  throw new Error(`${url.origin}${url.pathname} goes round in circles`);
}

async function ask(url, form) {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const method = form === undefined ? 'GET' : 'POST';
  const response = await fetch(url, { method, body: form, redirect: 'manual', headers: { cookie } });
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(name, value);
  }
  return response;
}

/** Where the person comes back to, and with which form where the app asked for one. */
async function signedIn(request) {
  const back = await visit(request);
  if (request.searchParams.get('response_mode') !== 'form_post') return [back, undefined];
  return [new URL(back.pathname, back), new URLSearchParams(back.search)];
}
