import { accessSync, constants, statSync } from 'node:fs';
import type { CredentialSource } from './config.ts';
import { PLACEHOLDER, type VariableReader } from './variables.ts';

/** The one credential that is set. */
export function readCredential(read: VariableReader): CredentialSource {
  const secret = read.text('CLIENT_SECRET');
  const certificateFile = read.text('CLIENT_CERTIFICATE');
  const privateKeyFile = read.text('CLIENT_PRIVATE_KEY');
  const assertionFile = read.text('CLIENT_ASSERTION_FILE');
  const kinds = [secret, certificateFile ?? privateKeyFile, assertionFile].filter(
    (given) => given !== undefined,
  );
  if (kinds.length > 1) {
    read.problem('CLIENT_SECRET', 'and the other credentials exclude each other: set only one kind');
  }
  if (certificateFile !== undefined || privateKeyFile !== undefined) {
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
    };
  }
  checkReadable(read, 'CLIENT_ASSERTION_FILE', assertionFile);
  if (assertionFile !== undefined) return { kind: 'assertion', assertionFile };
  return { kind: 'secret', secret: readClientSecret(read, secret) };
}

/** Looked at here, so that it is said together with whatever else is wrong; what is inside is judged on use. */
function checkReadable(read: VariableReader, name: string, file: string | undefined): void {
  if (file === undefined) return;
  if (!isReadableFile(file)) read.problem(name, 'names a file that cannot be read');
}

function isReadableFile(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function readClientSecret(read: VariableReader, secret: string | undefined): string {
  if (secret === undefined) {
    read.problem(
      'CLIENT_SECRET',
      'is missing: set it, or CLIENT_CERTIFICATE and CLIENT_PRIVATE_KEY, or CLIENT_ASSERTION_FILE',
    );
  } else if (PLACEHOLDER.test(secret)) {
    read.problem('CLIENT_SECRET', 'still holds a placeholder: put the value of a client secret there');
  }
  return secret ?? '';
}
