import { type AadstsError, errorTime, type Incident } from '../aadsts/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { html } from './markup.ts';
import { pageResponse } from './page.ts';

/** The page of an error that may not go back to the app (wire reference B6). */
export function errorPage(error: AadstsError, incident: Incident): HttpResponse {
  const content = html`
<p>Sorry, but we’re having trouble signing you in.</p>
<p><strong>${error.label}: ${error.message}</strong></p>
<dl class="soft">
<dt>Request Id</dt><dd>${incident.traceId}</dd>
<dt>Correlation Id</dt><dd>${incident.correlationId}</dd>
<dt>Timestamp</dt><dd>${errorTime(incident.timeMs)}</dd>
<dt>Message</dt><dd>${error.label}</dd>
</dl>`;
  return pageResponse({ title: 'Sign in to your account', content, status: error.status });
}
