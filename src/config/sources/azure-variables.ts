import { trimmed } from '../../text-file.ts';
import type { Environment } from './environment.ts';

/** What Azure's own libraries read, as Azure Kubernetes Service sets it for workload identity. */
export const AZURE_VARIABLES = [
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
] as const;

const CREDENTIALS = [
  'CLIENT_SECRET',
  'CLIENT_SECRET_FILE',
  'CLIENT_CERTIFICATE',
  'CLIENT_PRIVATE_KEY',
  'CLIENT_ASSERTION_FILE',
  'CLIENT_MANAGED_IDENTITY',
];

/**
 * Azure's variables in place of those of ours that are absent; no credential of theirs beside one of ours. Without any
 * client id they are left alone, for the emulator's check to find.
 */
export function withAzureVariables(given: Environment): Environment {
  const textOf = (name: string) => trimmed(given[name] ?? '') || undefined;
  const [clientId, tenant, tokenFile, host] = AZURE_VARIABLES.map(textOf);
  if (clientId === undefined && textOf('CLIENT_ID') === undefined) return given;
  const base = (host ?? 'https://login.microsoftonline.com').replace(/\/+$/, '');
  const hasCredential = CREDENTIALS.some((name) => textOf(name) !== undefined);
  const theirs = Object.entries({
    CLIENT_ID: clientId,
    AUTHORITY: tenant === undefined && host === undefined ? undefined : `${base}/${tenant ?? 'common'}`,
    CLIENT_ASSERTION_FILE: hasCredential ? undefined : tokenFile,
  });
  const filling = theirs.filter(([name, value]) => value !== undefined && textOf(name) === undefined);
  return { ...given, ...Object.fromEntries(filling) };
}
