const LOOPBACK_HOST = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name (as URL.hostname gives it) is this machine by its very form. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname.toLowerCase());
}

/** Whether a peer address is this machine: 127.0.0.0/8 or ::1, also written as an IPv4-mapped address. */
export function isLoopbackPeer(address: string | undefined): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$|^::1$/i.test(address ?? '');
}

/** Whether a Host header names this machine or an allowed name; anything else may be DNS rebinding. */
export function isLocalHostHeader(host: string | undefined, allowedHosts: readonly string[]): boolean {
  if (host === undefined || !/^[A-Za-z0-9.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`))
    return false;
  return isLocalHost(new URL(`http://${host}`).hostname, allowedHosts);
}

/** Whether a host name (as URL.hostname gives it) is this machine or an allowed name. */
export function isLocalHost(hostname: string, allowedHosts: readonly string[]): boolean {
  return isLoopbackHost(hostname) || allowedHosts.some((one) => covers(one.toLowerCase(), hostname));
}

/** As in a certificate, `*.` stands for one part more, and for no part of a name's end. */
function covers(allowed: string, hostname: string): boolean {
  return allowed.startsWith('*.')
    ? hostname.slice(hostname.indexOf('.')) === allowed.slice(1) && !hostname.startsWith('.')
    : allowed === hostname;
}

/** Whether a state-changing request comes from the emulator's own pages, or from no page at all. */
export function isOwnOrigin(origin: string | undefined, ownOrigin: string): boolean {
  return origin === undefined || origin === ownOrigin;
}
