import { trimmed } from '../../text-file.ts';
import { type Environment, type EnvironmentReader, environmentReader } from './environment.ts';
import { CREDENTIALS } from './setting-names.ts';

/** What Azure's own libraries read, as Azure Kubernetes Service sets it for workload identity. */
export const AZURE_VARIABLES = [
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
] as const;

/** Which of Azure's variables a setting of ours is taken from. */
const SOURCES: Readonly<Record<string, readonly (typeof AZURE_VARIABLES)[number][]>> = {
  CLIENT_ID: ['AZURE_CLIENT_ID'],
  AUTHORITY: ['AZURE_AUTHORITY_HOST', 'AZURE_TENANT_ID'],
  CLIENT_ASSERTION_FILE: ['AZURE_FEDERATED_TOKEN_FILE'],
};

/** Variables of the web app, or Azure's in their place; what is wrong with one of Azure's is said by its own name too. */
export function azureReader(given: Environment, problems: string[]): EnvironmentReader {
  return {
    ...environmentReader(withAzureVariables(given), problems),
    problem: (name, rule) => void problems.push(`${nameIn(given, name)} ${rule}`),
  };
}

function nameIn(given: Environment, name: string): string {
  if (textOf(given, name) !== undefined) return name;
  const from = (SOURCES[name] ?? []).filter((source) => textOf(given, source) !== undefined);
  return from.length === 0 ? name : `${name} (from ${from.join(' and ')})`;
}

function textOf(given: Environment, name: string): string | undefined {
  return trimmed(given[name] ?? '') || undefined;
}

/**
 * Azure's variables in place of those of ours that are absent; no credential of theirs beside one of ours. Without any
 * client id they are left alone, for the emulator's check to find.
 */
export function withAzureVariables(given: Environment): Environment {
  const [clientId, tenant, tokenFile, host] = AZURE_VARIABLES.map((name) => textOf(given, name));
  if (clientId === undefined && textOf(given, 'CLIENT_ID') === undefined) return given;
  const base = (host ?? 'https://login.microsoftonline.com').replace(/\/+$/, '');
  const hasCredential = CREDENTIALS.some((name) => textOf(given, name) !== undefined);
  const theirs = Object.entries({
    CLIENT_ID: clientId,
    AUTHORITY: tenant === undefined && host === undefined ? undefined : `${base}/${tenant ?? 'common'}`,
    CLIENT_ASSERTION_FILE: hasCredential ? undefined : tokenFile,
  });
  const filling = theirs.filter(([name, value]) => value !== undefined && textOf(given, name) === undefined);
  return { ...given, ...Object.fromEntries(filling) };
}
