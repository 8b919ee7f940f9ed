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
  return makeWith(['rsa:2048'], folder, name, days);
}

/** One for a server, `localhost.crt`: its key is ready at once, and signs for little. */
export function makeTlsCertificate(folder: string): MadeCertificate {
  return makeWith(['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], folder, 'localhost', 365);
}

function makeWith(newKey: readonly string[], folder: string, name: string, days: number): MadeCertificate {
  const certificateFile = join(folder, `${name}.crt`);
  const privateKeyFile = join(folder, `${name}.key`);
  openssl([
    ...['req', '-x509', '-newkey', ...newKey, '-nodes', '-days', String(days)],
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
