import {
  createSigningKeys,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../src/emulator/index.ts';
import { restoredKey, type Signer, type SigningKey } from '../../src/emulator/tokens/index.ts';

/** Has the keys of every emulator in a run of tests, which are good for nothing else. */
const KEYS = 'TEST_SIGNING_KEYS';

interface KeptKey {
  signer: Signer;
  certificate: string;
  privateKey: string;
}

const ofThisFile: { keys?: Promise<readonly SigningKey[]> } = {};

/**
 * An emulator at any free port. It signs with the same keys as the others of the run: making a pair takes a quarter of a
 * second of a processor. Where two must not trust each other's tokens, one of them gets `createSigningKeys()`.
 */
export async function openEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  ofThisFile.keys ??= readSigningKeys();
  return startEmulator({ port: 0, signingKeys: await ofThisFile.keys, ...options });
}

/** Makes the keys of a run, before its first test. */
export async function keepSigningKeys(): Promise<void> {
  const kept: readonly KeptKey[] = (await createSigningKeys()).map(({ signer, certificate, privateKey }) => ({
    signer,
    certificate: certificate.toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }));
  process.env[KEYS] = JSON.stringify(kept);
}

/** A test that is run without the setup of its run makes keys of its own. */
async function readSigningKeys(): Promise<readonly SigningKey[]> {
  const text = process.env[KEYS];
  if (text === undefined) return createSigningKeys();
  return (JSON.parse(text) as readonly KeptKey[]).map((key) =>
    restoredKey(key.signer, Buffer.from(key.certificate, 'base64'), key.privateKey),
  );
}
