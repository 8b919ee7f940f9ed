import type { Account } from './accounts.ts';
import type { Answer } from './answer.ts';
import { FAULT_PRESETS } from './fault-presets.ts';
import { html, type Markup } from './markup.ts';
import { pageAnswer } from './page.ts';

/** What the picker shows; `action` is where the choice is posted to. */
export interface PickerPage {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly action: string;
  readonly appName: string;
  /** Where the fault menu posts to, if there is one. */
  readonly faultAction?: string;
  readonly formTargets?: readonly string[];
  readonly mayCancel?: boolean;
}

function accountButton(account: Account): Markup {
  return html`<li><button class="account" name="account" value="${account.username}">
<strong>${account.username}</strong> <span class="badge">${account.kind}</span>
<span class="name" dir="auto">${account.displayName}</span>
</button></li>
`;
}

/** "What should go wrong?": the faults most asked for, one press each. */
function faultMenu(action: string): Markup {
  const options = FAULT_PRESETS.map((preset) => html`<option value="${preset.id}">${preset.title}</option>`);
  return html`
<details>
<summary>What should go wrong?</summary>
<form method="post" action="${action}">
<label for="preset">The next time only:</label>
<div class="choices">
<select id="preset" name="preset">${options}</select>
<button>Do that</button>
</div>
</form>
<p class="soft">Every other fault: see docs/emulator.md.</p>
</details>`;
}

const CANCEL = html`<button name="decision" value="cancel">Back to the app</button>`;

/** The account picker: nobody has a password here. */
export function pickerPage(page: PickerPage): Answer {
  const content = html`
<p>${page.appName}. Nobody has a password here: whoever you choose, you are.</p>
<form method="post" action="${page.action}">
<ul class="plain">
${page.accounts.map(accountButton)}
</ul>
${page.mayCancel === true ? CANCEL : undefined}
</form>
${page.faultAction === undefined ? undefined : faultMenu(page.faultAction)}`;
  return pageAnswer({ title: page.title, content, formTargets: page.formTargets ?? [] });
}
