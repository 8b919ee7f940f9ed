import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { World } from '../state/index.ts';
import { html } from './markup.ts';
import { pageResponse } from './page.ts';
import { breakable } from './picker-page.ts';
import { pickerUrl } from './picker-url.ts';

/** GET /: what this is, who one can be, and where to point an app. */
export function startPage(http: HttpRequest, world: World): HttpResponse {
  const people = world.accounts.map(
    (one) => html`<li>${breakable(one.username)} <span class="badge">${one.kind}</span></li>
`,
  );
  const tenants = world.tenants.map(
    (one) => html`<dt>${one.name}</dt><dd>${one.domain}, ${one.id}</dd>
`,
  );
  const content = html`
<p>This program pretends to be the Microsoft identity platform and Microsoft Graph, on this machine only.</p>
<h2>Point an app at it</h2>
<pre tabindex="0">${http.origin}/common/v2.0/.well-known/openid-configuration
${http.origin}/v1.0/users</pre>
<h2>Look at it</h2>
<ul>
<li><a href="${pickerUrl('')}">The account picker</a>, as the web app on this machine would open it</li>
<li><a href="/devicelogin">Enter the code of a device</a></li>
<li><a href="/_emulator/ledger">Every request so far</a></li>
<li><a href="/_emulator/faults">What is going to go wrong</a></li>
</ul>
<h2>People</h2>
<ul>${people}</ul>
<h2>Organisations</h2>
<dl>${tenants}</dl>`;
  return pageResponse({ title: 'An emulator for Microsoft is running here', content });
}
