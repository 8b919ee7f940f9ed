import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { certificate as certificateOf } from '../certificates/index.ts';
import { PERSONAL_TENANT_ID } from '../registry/index.ts';
import { issuerOf } from './issuer.ts';

/** Who signs: the work-and-school service or the personal-account service; each publishes keys of its own. */
export type Signer = 'work' | 'personal';

const SIGNERS = ['work', 'personal'] as const;

/** An RSA key that signs tokens, with its self-signed certificate. `kid` is the certificate's SHA-1 thumbprint. */
export interface SigningKey {
  readonly signer: Signer;
  readonly kid: string;
  readonly certificate: Buffer;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** One entry of the published key set (RFC 7517; wire reference A6). */
interface PublishedKey {
  readonly kty: string;
  readonly use: 'sig';
  readonly kid: string;
  readonly x5t: string;
  readonly n: string;
  readonly e: string;
  readonly x5c: readonly [string];
  readonly issuer: string;
}

/** The keys in use: those that sign now, and all that are published (the newest first). */
export interface KeyRing {
  /** Makes what is missing of the first keys, in another thread; who asks for one before that waits while it is made. */
  ready(): Promise<void>;
  current(signer: Signer): SigningKey;
  published(): readonly SigningKey[];
  /** A key by its id, withdrawn ones included: what they signed before stays good for Graph. */
  find(kid: string): SigningKey | undefined;
  /** A key that is never published, for forgeries; made when it is first asked for, and the same from then on. */
  unpublished(signer: Signer): SigningKey;
  /** Makes a new key for the signer and publishes it; earlier keys stay published unless `withdraw`. */
  rotate(signer: Signer, withdraw?: boolean): SigningKey;
  /** Back to the keys of the start. */
  reset(): void;
}

const MODULUS_BITS = 2048;
const YEAR_MS = 365 * 86_400_000;
const MAX_PUBLISHED = 12;
const generateInThread = promisify(generateKeyPair);

/** Subject names seen on the real certificates (wire reference A6), with words that no real one has. */
const COMMON_NAMES = {
  work: 'accounts.accesscontrol.windows.net (local emulator)',
  personal: 'Live ID STS Signing Public Key (local emulator)',
} as const;

function signingKey(signer: Signer, pair: { publicKey: KeyObject; privateKey: KeyObject }): SigningKey {
  const now = Date.now();
  const certificate = certificateOf({
    commonName: COMMON_NAMES[signer],
    ...pair,
    notBeforeMs: now - 86_400_000,
    notAfterMs: now + 5 * YEAR_MS,
  });
  return withThumbprint({ signer, certificate, ...pair });
}

/** A key as it was kept. */
export function restoredKey(signer: Signer, certificate: Buffer, privateKeyPem: string): SigningKey {
  const privateKey = createPrivateKey(privateKeyPem);
  return withThumbprint({ signer, certificate, privateKey, publicKey: createPublicKey(privateKey) });
}

function withThumbprint(key: Omit<SigningKey, 'kid'>): SigningKey {
  return { ...key, kid: createHash('sha1').update(key.certificate).digest('base64url') };
}

/** Makes a key for one signer without holding up the process. */
async function createSigningKey(signer: Signer): Promise<SigningKey> {
  return signingKey(signer, await generateInThread('rsa', { modulusLength: MODULUS_BITS }));
}

/** Makes a key at once (some 100 ms): for what has to happen between two statements. */
function createSigningKeyNow(signer: Signer): SigningKey {
  return signingKey(signer, generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS }));
}

/** The keys of a new emulator, random for each run: one signer each, so the set always holds several. */
export async function createSigningKeys(): Promise<readonly SigningKey[]> {
  return Promise.all(SIGNERS.map(createSigningKey));
}

/** The first keys, which are made when they are asked for, but for those that are given. */
function createFirstKeys(given: readonly SigningKey[], made: (key: SigningKey) => void) {
  let keys = given;
  const found = (signer: Signer) => keys.find((key) => key.signer === signer);
  const add = (key: SigningKey): SigningKey => {
    keys = [...keys, key];
    made(key);
    return key;
  };
  const makeMissing = async (): Promise<void> => {
    for (const signer of SIGNERS) {
      const key = found(signer) ?? (await createSigningKey(signer));
      if (found(signer) === undefined) add(key);
    }
  };
  let making: Promise<void> | undefined;
  return {
    all: () => keys,
    /** At once, though it holds up the process. */
    ensure: (signer: Signer): SigningKey => found(signer) ?? add(createSigningKeyNow(signer)),
    makeAll(): Promise<void> {
      making ??= makeMissing();
      return making;
    },
  };
}

/**
 * A ring over the first keys. Those that are not given are made when they are asked for; `changed` is called after each
 * later change.
 */
export function createKeyRing(given: readonly SigningKey[], changed: () => void): KeyRing {
  let keys = given;
  let withdrawn: readonly SigningKey[] = [];
  const unpublished = new Map<Signer, SigningKey>();
  const first = createFirstKeys(given, (key) => {
    keys = [...keys, key];
  });
  return {
    ready: first.makeAll,
    current(signer) {
      const firstKey = first.ensure(signer);
      return keys.find((key) => key.signer === signer) ?? firstKey;
    },
    published() {
      SIGNERS.forEach(first.ensure);
      return keys;
    },
    find: (kid) => [...keys, ...withdrawn].find((key) => key.kid === kid),
    unpublished(signer) {
      const key = unpublished.get(signer) ?? createSigningKeyNow(signer);
      unpublished.set(signer, key);
      return key;
    },
    rotate(signer, withdraw = false) {
      first.ensure(signer);
      const made = createSigningKeyNow(signer);
      const isKept = (key: SigningKey): boolean => !withdraw || key.signer !== signer;
      withdrawn = [...keys.filter((key) => !isKept(key)), ...withdrawn].slice(0, MAX_PUBLISHED);
      keys = [made, ...keys.filter(isKept)].slice(0, MAX_PUBLISHED);
      changed();
      return made;
    },
    reset() {
      keys = first.all();
      withdrawn = [];
      changed();
    },
  };
}

/** A key as the key set shows it; `{tenantid}` in the issuer stands literally, as at the real one (A6). */
export function publishedKey(key: SigningKey, origin: string): PublishedKey {
  const jwk = key.publicKey.export({ format: 'jwk' });
  return {
    kty: 'RSA',
    use: 'sig',
    kid: key.kid,
    x5t: key.kid,
    n: jwk.n ?? '',
    e: jwk.e ?? '',
    x5c: [key.certificate.toString('base64')],
    issuer: issuerOf(origin, key.signer === 'personal' ? PERSONAL_TENANT_ID : undefined),
  };
}
