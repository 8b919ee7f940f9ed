import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type KeptCertificate, keptCertificate } from './certificates/index.ts';
import { isLocalHost, isLoopbackHost, plainOrigin, type TlsFiles } from './http/index.ts';
import { MICROSOFT_FAMILIES, MICROSOFT_HOSTS } from './registry/index.ts';

/** Where an emulator is reached, and what it shows there. */
export interface Place {
  readonly allowedHosts: readonly string[];
  /** Whether Microsoft's own names lead here. */
  readonly isMicrosoft: boolean;
  readonly tls: TlsFiles | undefined;
  /** Of the certificate that it made itself. */
  readonly certificate: KeptCertificate | undefined;
}

/** The options that say so. */
export interface PlaceOptions {
  /** PEM texts: with them it speaks https only. */
  readonly tls?: TlsFiles | undefined;
  /** Speak https only, with a certificate that it makes and keeps; environment() says how clients come to trust it. */
  readonly https?: boolean | undefined;
  /** The same under Microsoft's own host names, which have to be led here. */
  readonly asMicrosoft?: boolean | undefined;
  /**
   * A folder in which keys, consents and with them refresh tokens survive a restart, and certificates are kept. Without
   * it certificates are in `.entra-emulator` in the home folder, and nothing else is kept.
   */
  readonly state?: string | undefined;
  /** Listen at every address of this machine, for containers: only together with `allowedHosts`. */
  readonly listenEverywhere?: boolean | undefined;
  /** Names besides the local ones that the Host header may have. */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** A place that an emulator can't be at. */
export class PlaceError extends Error {}

/** Others are never asked for: `isLocalHostHeader` knows no other either. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i;
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];

/**
 * Where the options say. The certificate comes from the folder where it is kept.
 * @throws PlaceError for what does not go together, KeptFileError where the certificate can't be kept
 */
export function placeOf(options: PlaceOptions): Place {
  const { allowedHosts: given = [], asMicrosoft = false, https = false, tls } = options;
  if (options.listenEverywhere === true && given.length === 0)
    throw new PlaceError(
      '--listen-everywhere needs --allow-host NAME: the names under which others reach it.',
    );
  if (tls !== undefined && (https || asMicrosoft))
    throw new PlaceError(
      '--https and --as-microsoft make a certificate of their own: leave --tls-cert and --tls-key out.',
    );
  if (!given.every((one) => HOST.test(one)))
    throw new PlaceError(
      '--allow-host NAME: one whole name of letters, digits, hyphens and dots, without * or port; give it several times for several.',
    );
  const microsoft = asMicrosoft ? [...MICROSOFT_HOSTS, ...MICROSOFT_FAMILIES] : [];
  const allowedHosts = [...new Set([...given, ...microsoft])];
  if (!https && !asMicrosoft) return { allowedHosts, isMicrosoft: false, tls, certificate: undefined };
  const names = [...LOCAL_NAMES, ...allowedHosts.map((one) => one.toLowerCase())];
  const name = asMicrosoft ? 'microsoft' : 'localhost';
  const certificate = keptCertificate(resolve(options.state ?? defaultFolder()), name, names, Date.now());
  return { allowedHosts, isMicrosoft: asMicrosoft, tls: certificate, certificate };
}

function defaultFolder(): string {
  return join(homedir(), '.entra-emulator');
}

/** Where a program on this machine finds it. */
export function addressOf(port: number, { tls }: Place): string {
  return plainOrigin(`${tls === undefined ? 'http' : 'https'}://localhost:${port}`);
}

/** Whether an address leads to it: an allowed name does at any port, a local one at its own. */
export function isAt({ protocol, hostname, port: given }: URL, port: number, place: Place): boolean {
  if (!isLoopbackHost(hostname)) return isLocalHost(hostname, place.allowedHosts);
  return Number(given || (protocol === 'https:' ? 443 : 80)) === port;
}

/** The certificate as clients of each language are told of it: all but Node's stand in for the system's own. */
export function certificateEnvironment({ certificate }: Place): Readonly<Record<string, string>> {
  if (certificate === undefined) return {};
  const { authorityFile, trustStoreFile } = certificate;
  return {
    NODE_EXTRA_CA_CERTS: authorityFile,
    REQUESTS_CA_BUNDLE: authorityFile,
    SSL_CERT_FILE: authorityFile,
    CURL_CA_BUNDLE: authorityFile,
    JAVA_TOOL_OPTIONS: `-Djavax.net.ssl.trustStore=${trustStoreFile} -Djavax.net.ssl.trustStoreType=PKCS12`,
  };
}
