import { type AadstsError, describeRefusal, errorUri, type Incident } from './aadsts.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { type AuthorizationTarget, answerTarget, type ResponseMode } from './authorization-request.ts';
import { html } from './markup.ts';
import { pageAnswer, policySource } from './page.ts';

/** Parameters of an authorization answer, in their order. */
export type AnswerParameters = readonly (readonly [string, string | undefined])[];

/** Encodes as the real platform does: `+` for a space and lower-case hex (wire reference B5). */
function encodeParameters(parameters: readonly (readonly [string, string])[]): string {
  const pairs = parameters.map(([name, value]): [string, string] => [name, value]);
  return new URLSearchParams(pairs).toString().replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

/** Where an answer goes, and how. */
export interface Destination {
  readonly uri: string;
  readonly responseMode: ResponseMode;
}

/** Sends parameters to the app the way it asked for: query, fragment, or a form that posts itself (B3, B4). */
export function deliver({ uri, ...target }: Destination, parameters: AnswerParameters): Answer {
  const given = parameters.filter((pair): pair is [string, string] => pair[1] !== undefined);
  if (target.responseMode === 'form_post') return formPostPage(uri, given);
  const encoded = encodeParameters(given);
  if (target.responseMode === 'fragment') return redirectAnswer(`${uri}#${encoded}`);
  return redirectAnswer(`${uri}${uri.includes('?') ? '&' : '?'}${encoded}`);
}

/** Where a request's answer goes. */
export function destinationOf(target: AuthorizationTarget): Destination {
  return { uri: answerTarget(target), responseMode: target.responseMode };
}

function formPostPage(uri: string, parameters: readonly (readonly [string, string])[]): Answer {
  const fields = parameters.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  );
  const content = html`
<form id="answer" method="post" action="${uri}">
${fields}
<div class="choices"><button class="main">Continue to the app</button></div>
</form>`;
  return pageAnswer({
    title: 'Going back to the app',
    content,
    formTargets: [policySource(uri)],
    script: '/_emulator/post.js',
  });
}

/** Sends a refusal to the app (wire reference B5). */
export function deliverRefusal(
  target: AuthorizationTarget,
  refused: AadstsError,
  incident: Incident,
): Answer {
  return deliver(destinationOf(target), [
    ['error', refused.error],
    ['error_description', describeRefusal(refused, incident, '\r\n')],
    ['error_uri', errorUri(refused.code)],
    ['suberror', refused.suberror],
    ['claims', refused.claims],
    ['state', target.state],
  ]);
}

/** Tells the app that the person went back without deciding (wire reference B5, first two rows). */
export function deliverCancel(target: AuthorizationTarget): Answer {
  return deliver(destinationOf(target), [
    ['error', 'access_denied'],
    ['error_subcode', 'cancel'],
    ['state', target.state],
  ]);
}

/** When and under which ids this request fails. */
export function incidentOf(asked: Asked, timeMs: number): Incident {
  return { timeMs, traceId: asked.traceId, correlationId: asked.correlationId };
}
