import type { HttpResponse } from '../http/index.ts';
import type { Account, Permission } from '../registry/index.ts';
import { html, type Markup } from './markup.ts';
import { pageResponse } from './page.ts';

/** What a consent page asks, of whom, for which app. */
export interface ConsentPage {
  readonly account: Account;
  readonly appName: string;
  readonly permissions: readonly Permission[];
  readonly action: string;
  readonly formTargets?: readonly string[];
  readonly headers?: HttpResponse['headers'];
  /** App roles that were chosen on the picker, to be sent along. */
  readonly roles?: readonly string[] | undefined;
  /** Whether the whole organisation is meant from the start (admin consent). */
  readonly forOrganisation?: true;
}

function permissionLine({ words, name }: Permission): Markup {
  return html`<li>${words} <span class="soft">(${name})</span></li>
`;
}

function whoAndWhat(page: ConsentPage): Markup {
  const forWhom = page.forOrganisation ? 'to let it for the whole organisation:' : 'to let it:';
  return html`
<p><strong>${page.appName}</strong> asks ${page.account.username} ${forWhom}</p>
<ul>
${page.permissions.map(permissionLine)}
</ul>`;
}

/** Accept or Cancel; an administrator may accept for everybody. */
export function consentPage(page: ConsentPage): HttpResponse {
  const { account, roles, formTargets = [], headers = {} } = page;
  const forEverybody = html`<label><input type="checkbox" name="everybody" value="yes">
Consent on behalf of your organisation</label>`;
  const content = html`${whoAndWhat(page)}
${formOf(page)}
${roles === undefined ? undefined : html`<input type="hidden" name="roles" value="${roles.join(' ')}">`}
${account.kind === 'admin' && !page.forOrganisation ? forEverybody : undefined}
<div class="choices">
<button class="main" name="decision" value="accept">Accept</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`;
  return pageResponse({ title: 'Permissions requested', content, formTargets, headers });
}

/** "Need admin approval": the only way from here is back to the app without consent (wire reference B5, E). */
export function approvalPage(page: ConsentPage): HttpResponse {
  const { formTargets = [], headers = {} } = page;
  const content = html`${whoAndWhat(page)}
<p>Only an administrator of your organisation can allow that.</p>
${formOf(page)}
<div class="choices">
<button class="main" name="decision" value="return">Return to the app without granting consent</button>
</div>
</form>`;
  return pageResponse({ title: 'Need admin approval', content, formTargets, headers });
}

function formOf({ action, account }: ConsentPage): Markup {
  return html`<form method="post" action="${action}">
<input type="hidden" name="account" value="${account.username}">`;
}
