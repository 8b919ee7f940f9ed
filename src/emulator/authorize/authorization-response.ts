import { type AadstsError, errorDescription, errorUri, type Incident } from '../aadsts/index.ts';
import { type HttpResponse, redirectResponse } from '../http/index.ts';
import { html, pageResponse, policySource } from '../pages/index.ts';
import { type AuthorizationTarget, type ResponseMode, responseTarget } from './authorization-target.ts';

/** Parameters of an authorization response, in their order. */
export type ResponseParameters = readonly (readonly [string, string | undefined])[];

/** Encodes as the real platform does: `+` for a space and lower-case hex (wire reference B5). */
function encodeParameters(parameters: readonly (readonly [string, string])[]): string {
  const pairs = parameters.map(([name, value]): [string, string] => [name, value]);
  return new URLSearchParams(pairs).toString().replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

/** Where a response goes, and how. */
interface Destination {
  readonly uri: string;
  readonly responseMode: ResponseMode;
}

/** Sends parameters to the app the way it asked for: query, fragment, or a form that posts itself (B3, B4). */
export function deliver({ uri, ...target }: Destination, parameters: ResponseParameters): HttpResponse {
  const given = parameters.filter((pair): pair is [string, string] => pair[1] !== undefined);
  if (target.responseMode === 'form_post') return formPostPage(uri, given);
  const encoded = encodeParameters(given);
  if (target.responseMode === 'fragment') return redirectResponse(`${uri}#${encoded}`);
  return redirectResponse(`${uri}${uri.includes('?') ? '&' : '?'}${encoded}`);
}

/** Where the response to a request goes. */
export function destinationOf(target: AuthorizationTarget): Destination {
  return { uri: responseTarget(target), responseMode: target.responseMode };
}

function formPostPage(uri: string, parameters: readonly (readonly [string, string])[]): HttpResponse {
  const fields = parameters.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  );
  const content = html`
<form id="answer" method="post" action="${uri}">
${fields}
<div class="choices"><button class="main">Continue to the app</button></div>
</form>`;
  return pageResponse({
    title: 'Going back to the app',
    content,
    formTargets: [policySource(uri)],
    script: '/_emulator/post.js',
  });
}

/** Sends an error to the app (wire reference B5). */
export function deliverError(
  target: AuthorizationTarget,
  error: AadstsError,
  incident: Incident,
): HttpResponse {
  return deliver(destinationOf(target), [
    ['error', error.error],
    ['error_description', errorDescription(error, incident, '\r\n')],
    ['error_uri', errorUri(error)],
    ['suberror', error.suberror],
    ['claims', error.claims],
    ['state', target.state],
  ]);
}

/** Tells the app that the person went back without deciding (wire reference B5, first two rows). */
export function deliverCancel(target: AuthorizationTarget): HttpResponse {
  return deliver(destinationOf(target), [
    ['error', 'access_denied'],
    ['error_subcode', 'cancel'],
    ['state', target.state],
  ]);
}
