import { randomBytes } from 'node:crypto';
import type { RegistrationSettings } from '../config/index.ts';
import type { Api } from '../graph/index.ts';
import { appChangesOf } from './app-changes.ts';
import type { RegisterArguments } from './arguments.ts';
import type { Change, Made } from './change.ts';
import { consentChanges } from './consent-changes.ts';
import { credentialChange } from './credential-changes.ts';
import type { EnvWriter } from './env-writer.ts';
import type { Registered } from './registered.ts';
import { type Row, textOf } from './rows.ts';
import type { Wishes } from './wishes.ts';

interface Around {
  graph: Api;
  env: EnvWriter;
  settings: RegistrationSettings;
  given: RegisterArguments;
  tenantId: string;
  now(): number;
  onSecret(secret: string): void;
}

/** Everything that has to change, in this order; nothing where all is as it is to be. */
export async function planOf(registered: Registered, wishes: Wishes, around: Around): Promise<Change[]> {
  const { graph, env, settings, given } = around;
  const credential = credentialChange(registered, wishes, settings, {
    ...around,
    isNewWanted: given.newSecret,
  });
  const isPersonalOnly = wishes.audience === 'PersonalMicrosoftAccount';
  return [
    ...appChange(registered, wishes, around),
    ...idChange(registered, settings, env),
    ...(isPersonalOnly ? [] : principalChange(graph, registered)),
    ...credential,
    ...sessionSecretChange(settings, env),
    ...(given.consent && !isPersonalOnly ? await consentChanges(graph, registered, wishes) : []),
  ];
}

function appChange(registered: Registered, wishes: Wishes, { graph, env, settings }: Around): Change[] {
  const { app } = registered;
  const { body, says } = appChangesOf(registered, wishes);
  if (says.length === 0) return [];
  const make = async (made: Made): Promise<void> => {
    if (app !== undefined) {
      await graph.patch(`/v1.0/applications/${made.objectId}`, body);
      return;
    }
    if (settings.clientId === undefined) await env.prepare();
    const created = (await graph.post('/v1.0/applications', body)) as Row;
    made.objectId = textOf(created, 'id');
    made.clientId = textOf(created, 'appId');
  };
  return [{ says, make }];
}

/** At once, so that another run finds the registration. */
function idChange({ app }: Registered, { clientId }: RegistrationSettings, env: EnvWriter): Change[] {
  if (clientId !== undefined) return [];
  const id = textOf(app, 'appId');
  return [
    {
      says: [`CLIENT_ID${id === '' ? '' : ` ${id}`} into ${env.path}`],
      make: (made) => env.write({ CLIENT_ID: made.clientId }),
    },
  ];
}

/** Graph makes none by itself; without one the app gets no token as itself. */
function principalChange(graph: Api, { principal }: Registered): Change[] {
  if (principal !== undefined) return [];
  return [
    {
      says: ['the app in this tenant (service principal)'],
      async make(made) {
        const created = (await graph.post('/v1.0/servicePrincipals', { appId: made.clientId })) as Row;
        made.principalId = textOf(created, 'id');
      },
    },
  ];
}

function sessionSecretChange({ hasSessionSecret }: RegistrationSettings, env: EnvWriter): Change[] {
  if (hasSessionSecret) return [];
  return [
    {
      says: [`SESSION_SECRET, made up, into ${env.path}`],
      make: () => env.write({ SESSION_SECRET: randomBytes(32).toString('base64url') }),
    },
  ];
}
