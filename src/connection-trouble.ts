/** What stands behind an error of a connection: codes, or words in its message, and what to say about them. */
interface Trouble {
  codes: RegExp;
  /** OpenSSL says some things in words only. */
  message?: RegExp;
  /** What is wrong, without a full stop. */
  is: (host: string) => string;
  todo: string;
}

const SILENCE =
  'Check whether a firewall swallows the connection (the program asks no proxy), and how slow the line is.';

/**
 * The first that fits is said. Codes are those of Node, libuv and OpenSSL: X509_verify_cert(3) has the certificates',
 * getaddrinfo(3) the names'.
 */
const TROUBLES: readonly Trouble[] = [
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
    todo: 'Check the port, and whether the address should begin with http:.',
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
    todo: 'Check the port, and whether the address should begin with https:.',
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
    todo: 'Check whether a firewall or a proxy does that, and whether the address should begin with https:.',
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
 * @param error as Node or axios throws it; nothing of it but its code is said, for it may hold a request with secrets
 * @param host with its port, if any
 */
export function connectionTrouble(error: unknown, host: string): string {
  const { code, message } = partsOf(error);
  const trouble = TROUBLES.find(
    ({ codes, message: words }) => codes.test(code) || words?.test(message) === true,
  );
  const is = trouble?.is(host) ?? `The connection to ${host} failed`;
  const whole = code === '' ? `${is}.` : `${is} (${code}).`;
  return trouble === undefined ? whole : `${whole} ${trouble.todo}`;
}

/** The same for a request whose time was over before anything else went wrong. */
export function silenceOf(host: string): string {
  return `${host} did not answer in time. ${SILENCE}`;
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '');
}

function partsOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code: /^\w{1,60}$/.test(code) ? code : '', message: error.message };
}
