import type { Config } from '../config/index.ts';
import { inTime } from '../deadline.ts';
import { EXIT } from '../exit-status.ts';
import { inWords } from '../failures/index.ts';
import { type ClientSettings, discoveryAddressOf } from '../identity/index.ts';
import { lookAtAuthority } from './authority.ts';
import { lookAtCredential } from './credential.ts';
import { type Finding, fault, unseen, warning, well } from './finding.ts';
import { lookAtNames } from './names.ts';
import { lookAtNetwork } from './network.ts';
import { lookAtPermissions } from './permissions.ts';
import { lookAtRedirectUris } from './redirect-uri.ts';
import { lookAtFolder, lookAtRedis } from './store.ts';
import type { Surroundings } from './surroundings.ts';

/** Who hears of it while it goes on. */
interface Listener {
  /** What is looked at next; it may take its time. */
  looking(at: string): void;
  found(finding: Finding): void;
}

/** Looks at everything that a first sign-in needs, one after the other; never throws for what it finds. */
export async function examine(config: Config, around: Surroundings, listener: Listener): Promise<void> {
  const look = lookerOf(around, listener);
  if (config.usesEmulator) listener.found(well('authority', EMULATOR));
  else await examinePlatform(config, around, look, listener);
  if (config.redisUrl === undefined) await look('store', () => lookAtFolder(config, around));
  else await look('redis', () => lookAtRedis(config, around));
}

const EMULATOR =
  'CLIENT_ID is not set: npm start serves with the local emulator, and there is nothing at Microsoft to look at.';

type Look = (at: string, work: () => Promise<Finding[]>) => Promise<readonly Finding[]>;

/** Each look has its time. */
function lookerOf({ timeoutMs }: Surroundings, { looking, found }: Listener): Look {
  return async (at, work) => {
    looking(at);
    const tooLate = () => new Error('too late');
    const findings = await inTime(work(), timeoutMs, tooLate).catch((error: unknown) => [
      asFault(at, error, timeoutMs),
    ]);
    for (const finding of findings) found(finding);
    return findings;
  };
}

function asFault(at: string, error: unknown, timeoutMs: number): Finding {
  if (!(error instanceof Error) || error.message !== 'too late') return fault(at, inWords(error));
  const what = `It did not end within ${timeoutMs / 1_000} s.`;
  return fault(at, { what, exitStatus: EXIT.upstream });
}

async function examinePlatform(
  config: Config,
  around: Surroundings,
  look: Look,
  { found }: Listener,
): Promise<void> {
  const identity = await identityOf(config, around, found);
  if (identity === undefined) return;
  await look('dns', () => lookAtNames(config, around));
  const isThere = await lookAtPlatform(config, identity, around, look);
  if (!isThere) {
    for (const at of PLATFORM) found(unseen(at, 'Not looked at, because the authority could not be asked.'));
    return;
  }
  let token: string | undefined;
  await look('credential', async () => {
    const attempt = await lookAtCredential(config, around);
    ({ token } = attempt);
    return attempt.findings;
  });
  await look('redirect-uri', () => lookAtRedirectUris(config, identity, around));
  await look('permissions', () => lookAtPermissions(config, identity, token, around));
}

/** @returns whether anything else can be asked of it */
async function lookAtPlatform(
  { authority }: Config,
  identity: ClientSettings,
  around: Surroundings,
  look: Look,
): Promise<boolean> {
  const findings = await look('authority', async () => {
    const network = await lookAtNetwork(discoveryAddressOf(authority), around);
    if (network.reached === undefined) return network.findings;
    return [...network.findings, ...(await lookAtAuthority(identity, network.reached))];
  });
  return findings.some(({ looked, state }) => looked === 'authority' && state === 'well');
}

/** Files of a certificate that cannot be used are a matter of the settings. */
async function identityOf(
  config: Config,
  { identityOf: make }: Surroundings,
  found: Listener['found'],
): Promise<ClientSettings | undefined> {
  try {
    return await make(config, (sentence) => found(warning('settings', sentence)));
  } catch (error) {
    found(fault('settings', inWords(error)));
    return undefined;
  }
}

const PLATFORM = ['client', 'credential', 'redirect-uri', 'graph'] as const;
