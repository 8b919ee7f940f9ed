import { type HttpRequest, type HttpResponse, redirectResponse } from '../http/index.ts';
import { html, pageResponse, pickerPage, policySource } from '../pages/index.ts';
import { acceptsRedirectUri, accountByHint, findRegistration } from '../registry/index.ts';
import { type BrowserSession, endedSessionCookie, sessionOf, type World } from '../state/index.ts';

/** The end-session endpoint (wire reference D): everybody of the session, the hinted person, or a choice. */
export function logout(http: HttpRequest, world: World): HttpResponse {
  const session = sessionOf(http, world.sessions);
  const username = whoLeaves(http, session, world);
  if (username === undefined) return askWhoLeaves(http, session, world);
  const staying = session.people.filter((one) => one.username !== username);
  const target = returnTarget(http, session, world);
  const frames = frontChannelUrls(session, world);
  if (staying.length > 0) world.sessions.set(session.cookie, { ...session, people: staying });
  else world.sessions.delete(session.cookie);
  const headers = staying.length > 0 ? {} : endedSessionCookie(http.origin);
  if (target !== undefined && frames.length === 0) return redirectResponse(target, headers);
  return signedOutPage(target, frames, headers);
}

/** Who signs out: the hinted person or the only one; undefined where somebody has to choose. */
function whoLeaves(http: HttpRequest, session: BrowserSession, world: World): string | undefined {
  const hint = http.query.logout_hint ?? http.body.logout_hint ?? http.body.account ?? '';
  const hinted = accountByHint(hint, world.accounts)?.username;
  const [only, second] = session.people;
  if (second === undefined) return only?.username ?? '';
  return session.people.find((one) => one.username === hinted)?.username;
}

function askWhoLeaves(http: HttpRequest, session: BrowserSession, world: World): HttpResponse {
  const names = session.people.map((one) => one.username);
  return pickerPage({
    title: 'Which account do you want to sign out of?',
    accounts: world.accounts.filter((one) => names.includes(one.username)),
    action: `${http.path}${http.search}`,
    appName: 'Several people are signed in here',
    sentence: 'The others stay signed in.',
    formTargets: [...new Set(allowedReturns(http, session, world).map(policySource))],
  });
}

/** The post_logout_redirect_uri with its state, if an app of this session (or a friendly one) registered it. */
function returnTarget(http: HttpRequest, session: BrowserSession, world: World): string | undefined {
  const [uri] = allowedReturns(http, session, world);
  const state = http.query.state ?? http.body.state;
  if (uri === undefined || state === undefined) return uri;
  const url = new URL(uri);
  url.searchParams.set('state', state);
  return url.href;
}

function allowedReturns(http: HttpRequest, session: BrowserSession, world: World): readonly string[] {
  const uri = http.query.post_logout_redirect_uri ?? http.body.post_logout_redirect_uri;
  if (uri === undefined) return [];
  const clientIds = world.strict
    ? world.registrations.map((one) => one.clientId)
    : [...session.clientIds, ''];
  const registered = clientIds.map((id) => findRegistration(id, world.registrations, world.strict));
  return registered.some((one) => one !== undefined && acceptsRedirectUri(one, uri)) ? [uri] : [];
}

/** The sign-out addresses of the session's apps; `sid` is all they are told (wire reference D, "front-channel"). */
function frontChannelUrls(session: BrowserSession, world: World): readonly string[] {
  const uris = world.registrations
    .filter((one) => session.clientIds.includes(one.clientId))
    .map((one) => one.logoutUri)
    .filter((uri) => uri !== undefined);
  return uris.map((uri) => {
    const url = new URL(uri);
    url.searchParams.set('sid', session.sid);
    return url.href;
  });
}

function signedOutPage(
  target: string | undefined,
  frames: readonly string[],
  headers: HttpResponse['headers'],
): HttpResponse {
  const onward =
    target === undefined ? undefined : html`<p><a id="onward" href="${target}">Continue to the app</a></p>`;
  const content = html`
<p>You signed out of your account. It’s a good idea to close all browser windows.</p>
${onward}
${frames.map((src) => html`<iframe src="${src}" title="Signing out of an app" hidden></iframe>`)}`;
  return pageResponse({
    title: 'You signed out',
    content,
    frames: [...new Set(frames.map(policySource))],
    headers,
    ...(target === undefined ? {} : { script: '/_emulator/leave.js' }),
  });
}
