import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { faultMenu, html, type Markup, pageResponse } from '../pages/index.ts';
import { CONTOSO_ID } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { accountsSection, registrationsSection } from './people-section.ts';
import { pickerUrl } from './picker-url.ts';
import { type Snippet, snippetsFor } from './snippets.ts';
import { type Step, type Story, storiesOf } from './stories.ts';

const MOST_STORIES = 20;
const MOST_STEPS = 50;

const SECTIONS = [
  ['endpoints', 'Endpoints'],
  ['snippets', 'Snippets'],
  ['accounts', 'Accounts'],
  ['registrations', 'Registrations'],
  ['sign-ins', 'What happened'],
  ['faults', 'Faults'],
] as const;

/** GET /: what this is, where to point an app, who one can be, what happened, and what is to go wrong. */
export function startPage(http: HttpRequest, world: World): HttpResponse {
  const content = html`
<p>This program pretends to be the Microsoft identity platform and Microsoft Graph, on this machine only. Nobody has a
password.</p>
<nav aria-label="On this page"><ul>
${SECTIONS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
</ul></nav>
${endpointsSection(http.origin, world)}
<section aria-labelledby="snippets">
<h2 id="snippets">Snippets</h2>
${snippetsFor(http.origin).map(snippetCard)}
</section>
${accountsSection(world)}
${registrationsSection(world)}
${storySection(world)}
${faultsSection(world)}`;
  return pageResponse({
    ...{ title: 'An emulator for Microsoft is running here', content, isWide: true },
    script: '/_emulator/copy.js',
  });
}

function endpointsSection(origin: string, { tenants, now }: World): Markup {
  const endpoints = [
    ['Authority', `${origin}/common`],
    ['Authority of one organisation', `${origin}/${CONTOSO_ID}`],
    ['Discovery', `${origin}/common/v2.0/.well-known/openid-configuration`],
    ['Authorization', `${origin}/common/oauth2/v2.0/authorize`],
    ['Token', `${origin}/common/oauth2/v2.0/token`],
    ['Keys', `${origin}/common/discovery/v2.0/keys`],
    ['Microsoft Graph', `${origin}/v1.0`],
  ] as const;
  const pair = (term: string, ...said: readonly string[]): Markup =>
    html`<dt>${term}</dt><dd>${said.map((one) => html`<code>${one}</code> `)}</dd>
`;
  return html`
<section aria-labelledby="endpoints">
<h2 id="endpoints">Endpoints</h2>
<dl>${endpoints.map(([term, said]) => pair(term, said))}</dl>
<h3>Organisations</h3>
<dl>${tenants.map((one) => pair(one.name, one.id, one.domain))}</dl>
<ul>
<li><a href="${pickerUrl('')}">The account picker</a>, as the web app on this machine would open it</li>
<li><a href="/devicelogin">Enter the code of a device</a></li>
<li><a href="/_emulator/ledger">Every request so far</a>, as JSON</li>
<li>The clock here says <time>${new Date(now()).toISOString()}</time></li>
</ul>
</section>`;
}

function snippetCard({ id, language, text, note }: Snippet): Markup {
  return html`
<details class="card"><summary>${language}</summary>
${note === undefined ? undefined : html`<p class="soft">${note}</p>`}
<pre tabindex="0" id="snippet-${id}">${text}</pre>
<div class="copying"><button type="button" data-copies="snippet-${id}" hidden>Copy ${language}</button><span role="status"></span></div>
</details>`;
}

function storySection({ ledger }: World): Markup {
  const stories = storiesOf(ledger.entries());
  const shown = stories.slice(0, MOST_STORIES);
  const none = html`<p>Nothing yet: send an app here.</p>`;
  return html`
<section aria-labelledby="sign-ins">
<h2 id="sign-ins">What happened</h2>
${shown.length === 0 ? none : shown.map(storyCard)}
${stories.length > shown.length ? html`<p class="soft">… and ${stories.length - shown.length} before.</p>` : undefined}
<form method="post" action="/_emulator/start/reset"><div class="choices">
<button>Back to the start: forget all that, and every change</button></div></form>
</section>`;
}

function storyCard({ title, steps, isRefused }: Story): Markup {
  const [first] = steps;
  return html`
<article class="card story${isRefused ? ' refused' : ''}">
<h3>${title}</h3>
<p class="soft"><time>${first?.time ?? ''}</time></p>
<ol>${steps.slice(0, MOST_STEPS).map(stepLine)}</ol>
</article>`;
}

function stepLine({ words, reason }: Step): Markup {
  const refusal = reason === undefined ? undefined : html`. <span class="reason">Refused: ${reason}</span>`;
  return html`<li>${words}${refusal}</li>
`;
}

/** Each fault that people ask for most, by its name; docs/emulator.md has the others. */
function faultsSection({ faultMenu: menu }: World): Markup {
  return html`
<section aria-labelledby="faults">
<h2 id="faults">Faults</h2>
${faultMenu({ returnTo: '/#faults', menu })}
</section>`;
}
