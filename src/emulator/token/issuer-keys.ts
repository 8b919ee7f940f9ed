import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { lookup } from 'node:dns';
import { get as httpGet, type RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { z } from 'zod';
import { isLoopback, withoutBrackets } from '../../loopback.ts';
import type { HttpRequest } from '../http/index.ts';
import type { World } from '../state/index.ts';
import { decodeToken } from '../tokens/index.ts';
import { presentedCredentials } from './client-authentication.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

const documentForm = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keysForm = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/**
 * Fetches the keys of a federated token's issuer, where a registration trusts the issuer and the keys are not
 * known yet; undefined where there is nothing to fetch. Who cannot be asked has no keys.
 */
export function fetchIssuerKeys(http: HttpRequest, world: World): Promise<void> | undefined {
  const token = decodeToken(http.body.client_assertion ?? '');
  if (token === undefined) return undefined;
  const { clientId } = presentedCredentials(http);
  const client = world.registrations.find((one) => one.clientId === clientId);
  const trusted = client?.federatedCredentials.find((one) => one.issuer === token.claims.iss);
  if (trusted === undefined || trusted.keys !== undefined) return undefined;
  const known = world.issuerKeys.get(trusted.issuer) ?? [];
  if (known.some((key) => key.kid === token.header.kid)) return undefined;
  return keysOf(trusted.issuer).then(
    (keys) => world.issuerKeys.set(trusted.issuer, keys),
    () => undefined,
  );
}

/** The keys in an issuer's key set, by its discovery document (OpenID Connect Discovery 1.0). */
async function keysOf(issuer: string): Promise<readonly JsonWebKey[]> {
  const document = documentForm.parse(
    await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
  );
  if (document.issuer !== issuer) throw new Error('the document is another issuer’s');
  const { keys } = keysForm.parse(await readJson(document.jwks_uri));
  return keys.filter(isReadable);
}

function isReadable(key: JsonWebKey): boolean {
  try {
    return createPublicKey({ key, format: 'jwk' }).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Asks this machine only, whatever a name server says, and follows nothing. */
function readJson(address: string): Promise<unknown> {
  const url = new URL(address);
  const get = url.protocol === 'https:' ? httpsGet : httpGet;
  const host = withoutBrackets(url.hostname);
  if (isIP(host) !== 0 && !isLoopback(host)) return Promise.reject(new Error('not on this machine'));
  const options: RequestOptions = {
    agent: false,
    lookup: onThisMachine,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_BYTES) response.destroy(new Error('too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString() : ''));
    }).on('error', reject);
  }).then((text) => JSON.parse(String(text)));
}

/** Looks a name up, and finds this machine or nothing. */
const onThisMachine: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const local = (addresses ?? []).filter(({ address }) => isLoopback(address));
    const [first] = local;
    if (error !== null || first === undefined) callback(error ?? new Error('not on this machine'), '', 0);
    else if (options.all === true) callback(null, local);
    else callback(null, first.address, first.family);
  });
};
