import type { Fields, HttpResponse } from '../http/index.ts';
import type { Account } from '../registry/index.ts';
import type { FaultMenu } from '../state/index.ts';
import { html, type Markup } from './markup.ts';
import { pageResponse } from './page.ts';

/** A fault menu, and the page to come back to from it. */
interface ShownFaultMenu {
  readonly returnTo: string;
  readonly menu: FaultMenu;
}

/** What the picker shows; `action` is where the choice is posted to. */
interface PickerPage {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly action: string;
  readonly appName: string;
  /** What choosing does, in a sentence. */
  readonly sentence?: string;
  /** App roles that can be chosen for this sign-in, if any can. */
  readonly roles?: readonly string[];
  /** The fault menu, if there is one. */
  readonly faults?: ShownFaultMenu;
  readonly formTargets?: readonly string[];
  readonly mayCancel?: boolean;
  /** Whether somebody can have forgotten a password: user flows of B2C say so to the app. */
  readonly mayForget?: boolean;
}

/** A narrow window breaks a username after its @ first. */
export function breakable(username: string): Markup {
  const after = username.lastIndexOf('@') + 1;
  return html`${username.slice(0, after)}<wbr>${username.slice(after)}`;
}

function accountButton(account: Account): Markup {
  return html`<li><button class="account" name="account" value="${account.username}">
<strong>${breakable(account.username)}</strong> <span class="badge">${account.kind}</span>
<span class="name" dir="auto">${account.displayName}</span>
</button></li>
`;
}

/** The faults that wait, and how to be rid of them. */
function waitingList(returnTo: string, waiting: readonly string[]): Markup | undefined {
  if (waiting.length === 0) return undefined;
  return html`
<form method="post" action="/_emulator/faults/clear?return=${encodeURIComponent(returnTo)}">
<p role="status">Going to go wrong: ${waiting.join(', ')}.</p>
<div class="choices"><button>Let everything work again</button></div>
</form>`;
}

/** "What should go wrong?": the faults most asked for, one press each. */
export function faultMenu({ returnTo, menu }: ShownFaultMenu): Markup {
  const options = menu.presets.map((preset) => html`<option value="${preset.id}">${preset.title}</option>`);
  return html`${waitingList(returnTo, menu.waiting())}
<details>
<summary>What should go wrong?</summary>
<form method="post" action="/_emulator/faults/preset?return=${encodeURIComponent(returnTo)}">
<label for="preset">The next time:</label>
<div class="choices">
<select id="preset" name="preset">${options}</select>
<button>Do that</button>
</div>
</form>
<p class="soft">Every other fault: see docs/emulator.md.</p>
</details>`;
}

/** "Which roles?": those of the app to tick, and room for others. */
function roleMenu(roles: readonly string[]): Markup {
  const boxes = roles.map(
    (role) => html`<label><input type="checkbox" name="role-${role}" value="yes">
${role}</label>
`,
  );
  return html`
<details>
<summary>Which app roles?</summary>
<p class="soft">Nothing ticked and nothing written: the roles that the account has.</p>
${boxes}
<label for="roles">Others, separated by spaces</label>
<input type="text" id="roles" name="roles" autocomplete="off">
</details>`;
}

/** Roles that were chosen on the picker; undefined where nothing was. */
export function chosenRoles(fields: Fields): readonly string[] | undefined {
  const ticked = Object.keys(fields).filter((name) => name.startsWith('role-') && fields[name] === 'yes');
  const written = (fields.roles ?? '').split(/\s+/).filter((role) => role !== '');
  const all = [...ticked.map((name) => name.slice('role-'.length)), ...written].slice(0, MAX_ROLES);
  return all.length === 0 ? undefined : all;
}

const MAX_ROLES = 100;
const CHOOSE = 'Nobody has a password here: choose somebody, and you are that person.';
const CANCEL = html`<button name="decision" value="cancel">Back to the app</button>`;

const FORGOT = html`<button name="decision" value="forgot">Forgot your password?</button>`;

/** The account picker: nobody has a password here. */
export function pickerPage(page: PickerPage): HttpResponse {
  const content = html`
<p>${page.appName}. ${page.sentence ?? CHOOSE}</p>
<form method="post" action="${page.action}">
<ul class="plain">
${page.accounts.map(accountButton)}
</ul>
${page.roles === undefined ? undefined : roleMenu(page.roles)}
${page.mayForget === true ? FORGOT : undefined}
${page.mayCancel === true ? CANCEL : undefined}
</form>
${page.faults === undefined ? undefined : faultMenu(page.faults)}`;
  return pageResponse({ title: page.title, content, formTargets: page.formTargets ?? [] });
}
