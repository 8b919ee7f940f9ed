import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openssl } from '../daemon/certificates.ts';

/** A certificate authority of a test, whose certificates can be of any name and time. */
export interface TestAuthority {
  certificateFile: string;
  /** @param fromDays and `toDays` from today on; negative: before */
  sign(
    name: string,
    given?: { fromDays?: number; toDays?: number; otherNames?: string[] },
  ): { cert: string; key: string };
}

const DAY_MS = 86_400_000;

const CONFIGURATION = (folder: string) => `
[ca]
default_ca = own
[own]
database = ${folder}/index.txt
new_certs_dir = ${folder}
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
rand_serial = yes
[any]
commonName = supplied
`;

/** Makes one in a folder of its own below this one. */
export function makeAuthority(below: string): TestAuthority {
  const folder = join(below, 'authority');
  mkdirSync(folder);
  const file = (name: string) => join(folder, name);
  writeFileSync(file('own.cnf'), CONFIGURATION(folder));
  writeFileSync(file('index.txt'), '');
  openssl([
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=A company’s proxy'],
    ...['-keyout', file('own.key'), '-out', file('own.crt')],
  ]);
  return {
    certificateFile: file('own.crt'),
    sign(name, { fromDays = -1, toDays = 1, otherNames = [] } = {}) {
      const [key, request, certificate] = ['key', 'csr', 'crt'].map((ending) => file(`leaf.${ending}`));
      const names = [name, ...otherNames].map((each) => `DNS:${each}`).join(',');
      openssl([
        ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`],
        ...['-addext', `subjectAltName=${names}`, '-keyout', String(key), '-out', String(request)],
      ]);
      openssl([
        ...['ca', '-batch', '-notext', '-config', file('own.cnf'), '-cert', file('own.crt')],
        ...['-keyfile', file('own.key'), '-in', String(request), '-out', String(certificate)],
        ...['-startdate', dateAfter(fromDays), '-enddate', dateAfter(toDays)],
      ]);
      return { cert: readFileSync(String(certificate), 'utf8'), key: readFileSync(String(key), 'utf8') };
    },
  };
}

/** As OpenSSL writes it, `20261125120000Z`. */
function dateAfter(days: number): string {
  return `${new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\..*/g, '')}Z`;
}
