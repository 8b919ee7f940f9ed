import { randomUUID } from 'node:crypto';
import {
  type EmulatorState,
  putAccount,
  putRegistration,
  reasonOf,
  removeAccount,
  removeRegistration,
  resetEmulatorState,
} from '../control/index.ts';
import { type Fields, type HttpRequest, type HttpResponse, redirectResponse } from '../http/index.ts';
import { html, pageResponse } from '../pages/index.ts';
import type { AccountInput, RegistrationInput } from '../registry/index.ts';

/** The forms of the start page, for people without a script; each leads back to where it stands. */
const FORMS: Readonly<Record<string, (fields: Fields, state: EmulatorState) => string>> = {
  account(fields, state) {
    putAccount(accountIn(fields), state);
    return 'accounts';
  },
  'remove-account'({ username = '' }, state) {
    removeAccount(username, state);
    return 'accounts';
  },
  registration(fields, state) {
    putRegistration(registrationIn(fields), state);
    return 'registrations';
  },
  'remove-registration'({ clientId = '' }, state) {
    removeRegistration(clientId, state);
    return 'registrations';
  },
  reset(_fields, state) {
    resetEmulatorState(state);
    return 'sign-ins';
  },
};

/** POST /_emulator/start/{form} */
export function submit(http: HttpRequest, state: EmulatorState): HttpResponse {
  try {
    const form = Object.hasOwn(FORMS, http.id) ? FORMS[http.id] : undefined;
    if (form === undefined) throw new Error('There is no such form.');
    return redirectResponse(`/#${form(http.body, state)}`);
  } catch (error) {
    const content = html`<p>${reasonOf(error)}</p><p><a href="/">Back to the start page</a></p>`;
    return pageResponse({ title: 'That can’t be done', content, status: 400 });
  }
}

/** Words of a field, separated by blanks, commas or lines. */
function listIn(text = ''): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** Names of groups may hold blanks. */
function linesIn(text = ''): string[] {
  return text.split(/[,\r\n]+/).flatMap((line) => line.trim() || []);
}

function accountIn({ username = '', displayName, kind, roles, groups }: Fields): AccountInput {
  return {
    username: username.trim(),
    ...(displayName ? { displayName } : {}),
    ...(kind ? { kind: kind as NonNullable<AccountInput['kind']> } : {}),
    roles: listIn(roles),
    groups: linesIn(groups),
  };
}

function registrationIn(fields: Fields): RegistrationInput {
  const { clientId, name, secret } = fields;
  return {
    clientId: clientId?.trim() || randomUUID(),
    ...(name ? { name } : {}),
    ...(secret ? { secrets: [{ value: secret }] } : {}),
    redirectUris: listIn(fields.redirectUris),
    spaRedirectUris: listIn(fields.spaRedirectUris),
    identifierUris: listIn(fields.identifierUris),
    isPublic: fields.isPublic === 'yes',
  };
}
