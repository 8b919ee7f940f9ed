import { accountByHint } from './accounts.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { type BrowserSession, endedSessionCookie, sessionOf } from './browser-sessions.ts';
import { html } from './markup.ts';
import { pageAnswer, policySource } from './page.ts';
import { pickerPage } from './picker-page.ts';
import { acceptsRedirectUri } from './redirect-uri.ts';
import { findRegistration } from './registrations.ts';
import type { World } from './world.ts';

/** The end-session endpoint (wire reference D): everybody of the session, the hinted person, or a choice. */
export function logout(asked: Asked, world: World): Answer {
  const session = sessionOf(asked, world.sessions);
  const username = whoLeaves(asked, session, world);
  if (username === undefined) return askWhoLeaves(asked, session, world);
  const staying = session.people.filter((one) => one.username !== username);
  const target = returnTarget(asked, session, world);
  const frames = frontChannelUrls(session, world);
  if (staying.length > 0) world.sessions.set(session.cookie, { ...session, people: staying });
  else world.sessions.delete(session.cookie);
  const headers = staying.length > 0 ? {} : endedSessionCookie();
  if (target !== undefined && frames.length === 0) return redirectAnswer(target, headers);
  return signedOutPage(target, frames, headers);
}

/** Who signs out: the hinted person or the only one; undefined where somebody has to choose. */
function whoLeaves(asked: Asked, session: BrowserSession, world: World): string | undefined {
  const hint = asked.query.logout_hint ?? asked.body.logout_hint ?? asked.body.account ?? '';
  const hinted = accountByHint(hint, world.accounts)?.username;
  const [only, second] = session.people;
  if (second === undefined) return only?.username ?? '';
  return session.people.find((one) => one.username === hinted)?.username;
}

function askWhoLeaves(asked: Asked, session: BrowserSession, world: World): Answer {
  const names = session.people.map((one) => one.username);
  return pickerPage({
    title: 'Which account do you want to sign out of?',
    accounts: world.accounts.filter((one) => names.includes(one.username)),
    action: `${asked.path}${asked.search}`,
    appName: 'Several people are signed in here',
    sentence: 'The others stay signed in.',
    formTargets: [...new Set(allowedReturns(asked, session, world).map(policySource))],
  });
}

/** The post_logout_redirect_uri with its state, if an app of this session (or a friendly one) registered it. */
function returnTarget(asked: Asked, session: BrowserSession, world: World): string | undefined {
  const [uri] = allowedReturns(asked, session, world);
  const state = asked.query.state ?? asked.body.state;
  if (uri === undefined || state === undefined) return uri;
  const url = new URL(uri);
  url.searchParams.set('state', state);
  return url.href;
}

function allowedReturns(asked: Asked, session: BrowserSession, world: World): readonly string[] {
  const uri = asked.query.post_logout_redirect_uri ?? asked.body.post_logout_redirect_uri;
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
  headers: Answer['headers'],
): Answer {
  const onward =
    target === undefined ? undefined : html`<p><a id="onward" href="${target}">Continue to the app</a></p>`;
  const content = html`
<p>You signed out of your account. It’s a good idea to close all browser windows.</p>
${onward}
${frames.map((src) => html`<iframe src="${src}" title="Signing out of an app" hidden></iframe>`)}`;
  return pageAnswer({
    title: 'You signed out',
    content,
    frames: [...new Set(frames.map(policySource))],
    headers,
    ...(target === undefined ? {} : { script: '/_emulator/leave.js' }),
  });
}
