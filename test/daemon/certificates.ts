import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files and as texts. */
export interface MadeCertificate {
  certificateFile: string;
  privateKeyFile: string;
  certificate: string;
  privateKey: string;
}

/** Runs openssl. @throws Error with what it said */
export function openssl(openSslArguments: string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', openSslArguments, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${openSslArguments[0]}: ${stderr}`);
  return stdout;
}

/** Makes a certificate for localhost, as docs/daemon.md tells people to. */
export function makeCertificate(folder: string, name: string, days = 365): MadeCertificate {
  const certificateFile = join(folder, `${name}.crt`);
  const privateKeyFile = join(folder, `${name}.key`);
  openssl([
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', String(days)],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', privateKeyFile, '-out', certificateFile],
  ]);
  return {
    certificateFile,
    privateKeyFile,
    certificate: readFileSync(certificateFile, 'utf8'),
    privateKey: readFileSync(privateKeyFile, 'utf8'),
  };
}
