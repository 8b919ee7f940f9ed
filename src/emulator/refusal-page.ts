import { type AadstsError, errorTime, type Incident } from './aadsts.ts';
import type { Answer } from './answer.ts';
import { html } from './markup.ts';
import { pageAnswer } from './page.ts';

/** The page of a refusal that may not go back to the app (wire reference B6). */
export function refusalPage(refused: AadstsError, incident: Incident): Answer {
  const content = html`
<p>Sorry, but we’re having trouble signing you in.</p>
<p><strong>AADSTS${refused.code}: ${refused.message}</strong></p>
<dl class="soft">
<dt>Request Id</dt><dd>${incident.traceId}</dd>
<dt>Correlation Id</dt><dd>${incident.correlationId}</dd>
<dt>Timestamp</dt><dd>${errorTime(incident.timeMs)}</dd>
<dt>Message</dt><dd>AADSTS${refused.code}</dd>
</dl>`;
  return pageAnswer({ title: 'Sign in to your account', content, status: refused.status });
}
