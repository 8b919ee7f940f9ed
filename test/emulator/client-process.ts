import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A certificate for localhost made with openssl, as files and as texts. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes a self-signed certificate for localhost. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-tls-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', keyFile, '-out', certFile];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject];
  execFileSync('openssl', request, { stdio: 'ignore' });
  return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

/** Debian's Python, which sees Debian's python3-msal. */
export const DEBIAN_PYTHON = '/usr/bin/python3';

/** A client in a process of its own. */
export interface ClientRun {
  readonly command: string;
  readonly script: string;
  readonly scenario: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly certificate?: Certificate;
  /** Goes where the client sends the person, and tells where they ended. */
  visit?(url: string): Promise<string>;
}

/**
 * Runs a client. It writes JSON lines: `{"visit": url}` waits for a line with the address the person came back to,
 * `{"result": value}` is what the run is about.
 */
export async function runClient(run: ClientRun): Promise<Record<string, unknown>> {
  const child = spawn(run.command, [run.script, run.scenario, JSON.stringify(run.settings)], {
    env: {
      ...process.env,
      ...trustIn(run.certificate),
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'exit');
  const result = await converse(child, run);
  await ended;
  if (result === undefined) throw new Error(`${run.script} ${run.scenario} ended without a result:\n${said}`);
  return result;
}

/** The variables that make Node and Python's requests trust a certificate; requests lets its own win over `verify`. */
function trustIn(certificate: Certificate | undefined): Record<string, string> {
  if (certificate === undefined) return {};
  return { NODE_EXTRA_CA_CERTS: certificate.certFile, REQUESTS_CA_BUNDLE: certificate.certFile };
}

async function converse(
  child: ChildProcessWithoutNullStreams,
  run: ClientRun,
): Promise<Record<string, unknown> | undefined> {
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as { visit?: string; result?: Record<string, unknown> };
    if (message.result !== undefined) {
      child.stdin.end();
      return message.result;
    }
    if (message.visit !== undefined) child.stdin.write(`${await run.visit?.(message.visit)}\n`);
  }
  return undefined;
}
