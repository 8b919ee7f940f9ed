import { isObject } from './json-object.ts';

/** What stands behind an error of a connection: codes, or words in its message, and what to say about them. */
interface Trouble {
  codes: RegExp;
  /** OpenSSL says some things in words only. */
  message?: RegExp;
  /** What is wrong, without a full stop. */
  is: (host: string, proxy: string) => string;
  /** `{scheme}` stands for that of addresses without TLS. */
  todo: string;
}

const SILENCE = 'Check whether a firewall swallows the connection, and how slow the line is.';
/** What a network whose only way out is a proxy looks like. */
const NO_WAY = /^(ENOTFOUND|EAI_|ESERVFAIL|ETIMEOUT|EREFUSED|ETIMEDOUT|ENET|EHOST)/;

/**
 * The first that fits is said. Codes are those of Node, libuv and OpenSSL: X509_verify_cert(3) has the certificates',
 * getaddrinfo(3) the names'.
 */
const TROUBLES: readonly Trouble[] = [
  {
    codes: /^ERR_PROXY_407$/,
    is: (_host, proxy) => `The proxy ${proxy} wants a user and a password, or refuses those that it got`,
    todo: 'Put them into HTTPS_PROXY, http://user:password@…, percent-encoded; of the ways to sign in at a proxy only Basic is spoken.',
  },
  {
    codes: /^ERR_PROXY_5/,
    is: (host, proxy) => `The proxy ${proxy} could not connect to ${host}`,
    todo: 'Ask the people who run it, or name the host in NO_PROXY if it can be reached without.',
  },
  {
    codes: /^ERR_PROXY_/,
    is: (host, proxy) => `The proxy ${proxy} refused to connect to ${host}`,
    todo: 'Have the people who run it allow that host, or name the host in NO_PROXY if it can be reached without.',
  },
  {
    codes:
      /^(UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED|INVALID_CA)$/,
    is: (host) => `The certificate of ${host} is of an unknown certificate authority`,
    todo: "If a proxy of yours opens connections, name a PEM file with its authority's certificate in NODE_EXTRA_CA_CERTS.",
  },
  {
    codes: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    is: (host) => `The certificate of ${host} is self-signed`,
    todo: 'If that is meant so, name its PEM file in NODE_EXTRA_CA_CERTS; otherwise find out who answers there.',
  },
  {
    codes: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    is: (host) => `The certificate of ${host} is for a wrong host name`,
    todo: "Check the address, and whether a proxy or a network's sign-in page answers there.",
  },
  {
    codes: /^(CERT_HAS_EXPIRED|CRL_HAS_EXPIRED)$/,
    is: (host) => `The certificate of ${host} has expired, or the clock of this machine is ahead`,
    todo: 'Check the clock, then have the certificate renewed.',
  },
  {
    codes: /^(CERT_NOT_YET_VALID|CRL_NOT_YET_VALID)$/,
    is: (host) => `The certificate of ${host} is not yet valid, or the clock of this machine is behind`,
    todo: 'Check the clock.',
  },
  {
    codes: /^(CERT_|CRL_|ERROR_IN_|UNABLE_TO_|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/,
    is: (host) => `The certificate of ${host} cannot be trusted`,
    todo: 'Find out who answers there.',
  },
  {
    codes: /^(ERR_SSL_(WRONG_VERSION_NUMBER|HTTP_REQUEST|UNKNOWN_PROTOCOL|PACKET_LENGTH_TOO_LONG))$/,
    message: /SSL routines.*(wrong version number|http request|unknown protocol|packet length too long)/,
    is: (host) => `What answers at ${host} speaks no TLS, but plain HTTP or something else`,
    todo: 'Check the port, and whether the address should begin with {scheme}:.',
  },
  {
    codes: /^(ETIMEDOUT|ERR_TLS_HANDSHAKE_TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    is: (host) => `${host} did not answer in time`,
    todo: SILENCE,
  },
  {
    codes: /^(EPROTO$|ERR_SSL_|ERR_TLS_)/,
    is: (host) => `${host} and this program cannot agree on how to speak TLS`,
    todo: 'Check whether an old proxy stands between, or whether a certificate of the client is wanted.',
  },
  {
    codes: /^HPE_/,
    is: (host) => `What answers at ${host} does not speak HTTP`,
    todo: 'Check the port, and whether the address should begin with {scheme}s:.',
  },
  {
    codes: /^ECONNREFUSED$/,
    is: (host) => `The connection to ${host} was refused: nobody listens there`,
    todo: 'Check the address and the port, and whether the service runs.',
  },
  {
    codes: /^(ENOTFOUND|EAI_NONAME|EAI_NODATA|ENODATA)$/,
    is: (host) => `There is no such name as ${nameIn(host)}`,
    todo: 'Check the spelling, and which name server this machine asks.',
  },
  {
    codes: /^(EAI_|ESERVFAIL$|ETIMEOUT$|EREFUSED$)/,
    is: (host) => `The name server does not answer for ${nameIn(host)}`,
    todo: "Check this machine's network and its name server.",
  },
  {
    codes: /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|EAFNOSUPPORT)$/,
    is: (host) => `No way leads from this machine to ${host}`,
    todo: 'Check its network and its routes.',
  },
  {
    codes: /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_SOCKET_CLOSED|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)$/,
    is: (host) => `The connection to ${host} was reset`,
    todo: 'Check whether a firewall or a proxy does that, and whether the address should begin with {scheme}s:.',
  },
  {
    codes: /^(EACCES|EPERM)$/,
    is: (host) => `This machine does not let the program connect to ${host}`,
    todo: 'Check its firewall.',
  },
  {
    codes: /^(EMFILE|ENFILE|ENOBUFS)$/,
    is: () => 'The program has too many connections open',
    todo: 'Raise its limit of open files.',
  },
];

/**
 * Why a connection failed, in words and with what to do, for the log and the console.
 * @param error as Node or our own client throws it; nothing of it but its code and the name of the proxy is said, for it may
 * hold a request with secrets
 * @param host with its port, if any
 * @param scheme of addresses without TLS; with an `s` behind it, with TLS
 */
export function connectionTrouble(error: unknown, host: string, scheme = 'http'): string {
  const { code, message, proxy, isAtProxy } = partsOf(error);
  const trouble = TROUBLES.find(
    ({ codes, message: words }) => codes.test(code) || words?.test(message) === true,
  );
  const isAnswer = code.startsWith('ERR_PROXY_');
  const place = isAtProxy && !isAnswer ? `the proxy ${proxy}` : host;
  const is = trouble?.is(place, proxy ?? '') ?? `The connection to ${place} failed`;
  const whole = code === '' ? `${is}.` : `${is} (${code}).`;
  const way = isAtProxy || (proxy === '' && !NO_WAY.test(code)) ? undefined : wayOf(proxy);
  return sentences(whole.replace(/^the/, 'The'), trouble?.todo.replace('{scheme}', scheme), way);
}

/**
 * The same for a request whose time was over before anything else went wrong.
 * @param error of the request, which knows of the proxy
 */
export function silenceOf(host: string, error?: unknown): string {
  return sentences(`${host} did not answer in time.`, SILENCE, wayOf(partsOf(error).proxy));
}

/** Whether a request came no further than to its proxy. */
export function isAtProxy(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return isObject(cause) && 'isAtProxy' in cause;
}

function sentences(...given: readonly (string | undefined)[]): string {
  return given.filter((sentence) => sentence !== undefined).join(' ');
}

function wayOf(proxy: string | undefined): string | undefined {
  if (proxy === '') return 'No proxy is asked (HTTPS_PROXY, NO_PROXY).';
  return proxy === undefined ? undefined : `The way there leads through the proxy ${proxy}.`;
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '');
}

interface Parts {
  code: string;
  message: string;
  /** Through which the request went; empty: through none. Undefined for what never asks one. */
  proxy?: string;
  /** It came no further than to the proxy. */
  isAtProxy: boolean;
}

function partsOf(error: unknown): Parts {
  if (typeof error !== 'object' || error === null) return { code: '', message: '', isAtProxy: false };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return {
    code: /^\w{1,60}$/.test(code) ? code : '',
    message: 'message' in error ? `${error.message}` : '',
    isAtProxy: isAtProxy(error),
    ...('proxy' in error && typeof error.proxy === 'string' ? { proxy: error.proxy } : {}),
  };
}
