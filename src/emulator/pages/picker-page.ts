import type { HttpResponse } from '../http/index.ts';
import type { Account } from '../registry/index.ts';
import type { FaultMenu } from '../state/index.ts';
import { html, type Markup } from './markup.ts';
import { pageResponse } from './page.ts';

/** A fault menu, and the page to come back to from it. */
export interface ShownFaultMenu {
  readonly returnTo: string;
  readonly menu: FaultMenu;
}

/** What the picker shows; `action` is where the choice is posted to. */
export interface PickerPage {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly action: string;
  readonly appName: string;
  /** What choosing does, in a sentence. */
  readonly sentence?: string;
  /** The fault menu, if there is one. */
  readonly faults?: ShownFaultMenu;
  readonly formTargets?: readonly string[];
  readonly mayCancel?: boolean;
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
function faultMenu({ returnTo, menu }: ShownFaultMenu): Markup {
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

const CHOOSE = 'Nobody has a password here: choose somebody, and you are that person.';
const CANCEL = html`<button name="decision" value="cancel">Back to the app</button>`;

/** The account picker: nobody has a password here. */
export function pickerPage(page: PickerPage): HttpResponse {
  const content = html`
<p>${page.appName}. ${page.sentence ?? CHOOSE}</p>
<form method="post" action="${page.action}">
<ul class="plain">
${page.accounts.map(accountButton)}
</ul>
${page.mayCancel === true ? CANCEL : undefined}
</form>
${page.faults === undefined ? undefined : faultMenu(page.faults)}`;
  return pageResponse({ title: page.title, content, formTargets: page.formTargets ?? [] });
}
