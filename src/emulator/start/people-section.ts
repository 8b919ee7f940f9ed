import { breakable, html, type Markup } from '../pages/index.ts';
import type { Account, Registration } from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** More would make a page that nobody reads. */
const MOST_SHOWN = 100;

/** A field with its label; the id is the label's. */
function field(id: string, name: string, label: string, value = ''): Markup {
  return html`<label for="${id}">${label}
<input type="text" id="${id}" name="${name}" value="${value}" autocomplete="off"></label>`;
}

function area(id: string, name: string, label: string, values: readonly string[]): Markup {
  return html`<label for="${id}">${label}
<textarea id="${id}" name="${name}" rows="2">${values.join('\n')}</textarea></label>`;
}

function rest(all: number): Markup | undefined {
  return all > MOST_SHOWN ? html`<p class="soft">… and ${all - MOST_SHOWN} more.</p>` : undefined;
}

/** Who one can be: each can be changed and removed, and others added. */
export function accountsSection({ accounts }: World): Markup {
  return html`
<section aria-labelledby="accounts">
<h2 id="accounts">Accounts</h2>
${accounts.slice(0, MOST_SHOWN).map(accountCard)}
${rest(accounts.length)}
<details class="card"><summary>Add somebody</summary>
<form method="post" action="/_emulator/start/account">
<div class="fields">
<label for="new-username">Username
<input type="text" id="new-username" name="username" required autocomplete="off" placeholder="ada@contoso.example"></label>
${field('new-name', 'displayName', 'Display name (from the username)')}
<label for="new-kind">Kind
<select id="new-kind" name="kind">
<option>work</option><option>admin</option><option>other organisation</option><option>personal</option>
</select></label>
${field('new-roles', 'roles', 'App roles')}
${field('new-groups', 'groups', 'Groups, with commas between')}
</div>
<div class="choices"><button class="main">Add</button></div>
</form></details>
</section>`;
}

function accountCard(one: Account, index: number): Markup {
  const id = `account-${index}`;
  return html`
<details class="card"><summary>${breakable(one.username)} <span class="badge">${one.kind}</span>
<span class="soft" dir="auto">${one.displayName}${one.roles.length === 0 ? '' : `, ${one.roles.join(', ')}`}</span></summary>
<form method="post" action="/_emulator/start/account">
<input type="hidden" name="username" value="${one.username}">
<div class="fields">
${field(`${id}-name`, 'displayName', 'Display name', one.displayName)}
${field(`${id}-roles`, 'roles', 'App roles', one.roles.join(' '))}
${field(`${id}-groups`, 'groups', 'Groups, with commas between', one.groups.join(', '))}
</div>
<div class="choices"><button class="main">Change ${one.username}</button>
<button formaction="/_emulator/start/remove-account">Remove ${one.username}</button></div>
</form></details>`;
}

/** Which apps and APIs it knows: each can be changed and removed, and others added. */
export function registrationsSection({ registrations, strict }: World): Markup {
  const words = strict
    ? 'These apps and APIs are known, and no others.'
    : 'Every client id works, with any secret. Registrations say more about an app, or make an API of it.';
  return html`
<section aria-labelledby="registrations">
<h2 id="registrations">Registrations</h2>
<p>${words}</p>
${registrations.slice(0, MOST_SHOWN).map(registrationCard)}
${rest(registrations.length)}
<details class="card"><summary>Add an app or API</summary>
<form method="post" action="/_emulator/start/registration">
<div class="fields">
${field('new-client', 'clientId', 'Client id (a new one)')}
${registrationFields('new')}
</div>
<div class="choices"><button class="main">Register</button></div>
</form></details>
<p><a href="/_emulator/state" download="seed.json">Export accounts, groups and registrations as a seed</a></p>
</section>`;
}

function registrationCard(one: Registration, index: number): Markup {
  return html`
<details class="card"><summary>${one.name} <span class="soft">${one.clientId}</span></summary>
<form method="post" action="/_emulator/start/registration">
<input type="hidden" name="clientId" value="${one.clientId}">
<div class="fields">${registrationFields(`registration-${index}`, one)}</div>
<div class="choices"><button class="main">Change ${one.name}</button>
<button formaction="/_emulator/start/remove-registration">Remove ${one.name}</button></div>
</form></details>`;
}

function registrationFields(id: string, one?: Registration): Markup {
  const secret = one === undefined ? 'Secret' : 'Another secret in the place of those that there are';
  const tick = one?.isPublic === true ? html` checked` : undefined;
  return html`${field(`${id}-app`, 'name', 'Name', one?.name)}
${area(`${id}-uris`, 'redirectUris', 'Redirect URIs, web', one?.redirectUris ?? [])}
${area(`${id}-spa`, 'spaRedirectUris', 'Redirect URIs, single-page application', one?.spaRedirectUris ?? [])}
${area(`${id}-api`, 'identifierUris', 'App ID URIs (of an API)', one?.identifierUris ?? [])}
${field(`${id}-secret`, 'secret', secret)}
<label class="tick"><input type="checkbox" name="isPublic" value="yes"${tick}> A public client, without a credential</label>`;
}
