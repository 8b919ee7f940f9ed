import { isGuid } from '../guid.ts';
import { readTextFile, readValueFile } from '../text-file.ts';
import {
  type EnvironmentReader,
  isPlaceholder,
  type SettingName,
  type SettingsReader,
} from './sources/index.ts';

/** How an app proves its own identity to the token endpoint: exactly one of these. */
export type CredentialSource =
  | { kind: 'secret'; secret: string }
  | CertificateSource
  | { kind: 'assertion'; assertionFile: string }
  | ManagedIdentity;

/** An identity that Azure gives to what runs there. */
export interface ManagedIdentity {
  kind: 'managed-identity';
  /** Of one that was assigned; absent: the own one of the app or machine. */
  clientId?: string;
}

/** Two PEM files, or one that holds both. */
export interface CertificateSource {
  kind: 'certificate';
  certificateFile: string;
  privateKeyFile: string;
  /** Opens an encrypted private key. */
  passphrase?: string;
}

/** The one credential that is set. */
export function readCredential(read: EnvironmentReader): CredentialSource {
  const secret = read.secret('CLIENT_SECRET');
  const certificateFile = read.text('CLIENT_CERTIFICATE');
  const privateKeyFile = read.text('CLIENT_PRIVATE_KEY');
  const assertionFile = read.text('CLIENT_ASSERTION_FILE');
  const passphrase = read.secret('CLIENT_PRIVATE_KEY_PASSPHRASE');
  const identity = readManagedIdentity(read);
  const kinds = [secret, certificateFile ?? privateKeyFile, assertionFile, identity];
  if (kinds.filter((given) => given !== undefined).length > 1) {
    read.problem('CLIENT_SECRET', 'and the other credentials exclude each other: set only one kind');
  }
  if (passphrase && privateKeyFile === undefined) {
    read.problem('CLIENT_PRIVATE_KEY_PASSPHRASE', 'is of CLIENT_PRIVATE_KEY, which is not set');
  }
  if (certificateFile !== undefined || privateKeyFile !== undefined) {
    return readCertificate(read, certificateFile, privateKeyFile, passphrase);
  }
  checkReadable(read, 'CLIENT_ASSERTION_FILE', assertionFile, readValueFile);
  if (assertionFile !== undefined) return { kind: 'assertion', assertionFile };
  if (identity !== undefined) return identity;
  return { kind: 'secret', secret: readClientSecret(read, secret) };
}

/** `system`, or the client id of an identity that was assigned. */
export function readManagedIdentity(
  read: SettingsReader<'CLIENT_MANAGED_IDENTITY'>,
): ManagedIdentity | undefined {
  const given = read.text('CLIENT_MANAGED_IDENTITY')?.toLowerCase();
  if (given === undefined) return undefined;
  if (given === 'system') return { kind: 'managed-identity' };
  if (!isGuid(given))
    read.problem('CLIENT_MANAGED_IDENTITY', 'must be system, or the client id of a managed identity');
  return { kind: 'managed-identity', clientId: given };
}

function readCertificate(
  read: EnvironmentReader,
  certificateFile: string | undefined,
  privateKeyFile: string | undefined,
  passphrase: string | undefined,
): CertificateSource {
  if (certificateFile === undefined)
    read.problem('CLIENT_CERTIFICATE', 'must name the PEM file that CLIENT_PRIVATE_KEY belongs to');
  if (privateKeyFile === undefined)
    read.problem('CLIENT_PRIVATE_KEY', 'must name the PEM file that CLIENT_CERTIFICATE belongs to');
  checkReadable(read, 'CLIENT_CERTIFICATE', certificateFile);
  checkReadable(read, 'CLIENT_PRIVATE_KEY', privateKeyFile);
  return {
    kind: 'certificate',
    certificateFile: certificateFile ?? '',
    privateKeyFile: privateKeyFile ?? '',
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}

/** Looked at here, so that it is reported together with the other problems; the content is checked on use. */
function checkReadable(
  read: EnvironmentReader,
  name: SettingName,
  file: string | undefined,
  readContent = readTextFile,
): void {
  const content = file === undefined ? { text: '' } : readContent(file);
  if ('problem' in content) read.problem(name, content.problem);
}

function readClientSecret(read: EnvironmentReader, secret: string | undefined): string {
  if (secret === undefined) {
    read.problem(
      'CLIENT_SECRET',
      'is missing: set it, or CLIENT_CERTIFICATE and CLIENT_PRIVATE_KEY, CLIENT_ASSERTION_FILE, or CLIENT_MANAGED_IDENTITY',
    );
  } else if (isPlaceholder(secret)) {
    read.problem('CLIENT_SECRET', 'still holds a placeholder: put the value of a client secret there');
  }
  return secret ?? '';
}
