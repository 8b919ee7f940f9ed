import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { ConfigurationError } from './errors.ts';
import { isLoopback, withoutBrackets } from './loopback.ts';
import { readValueFile } from './text-file.ts';

/** What a request is for, as far as proxies are concerned. */
interface Target {
  /** `https:` or `http:`. */
  protocol: string;
  /** A name, or an address with or without brackets. */
  hostname: string;
  port: number;
}

/** The proxies that this process connects through. */
export interface Proxies {
  /** @returns undefined for what is connected to directly. @throws ConfigurationError where the variables are wrong */
  of(target: Target): URL | undefined;
  /** What is wrong with the variables, naming the variable and the rule and never the value. */
  problems: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;
type Matches = (target: Target) => boolean;

const RULE =
  'must be an address such as http://user:password@proxy.example:8080, with the signs of user and password percent-encoded';

/** Where Azure hands out tokens of a managed identity, and what else is on the same wire: no proxy can reach them. */
const LINK_LOCAL = networksOf([
  ['169.254.0.0', 16],
  ['fe80::', 10],
  ['127.0.0.0', 8],
  ['0.0.0.0', 32],
  ['::', 128],
]);

/** The proxies of the environment, where Node, npm and curl find theirs too. */
export function processProxies(): Proxies {
  return readProxies(process.env);
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` (by the scheme of what is asked for), `ALL_PROXY` where that one says nothing, and
 * `NO_PROXY`, of which the names in lower case win; or the file that one of the first three with `_FILE` names, for a
 * password is no part of the environment then. This machine, link-local addresses and the host of `IDENTITY_ENDPOINT`
 * are always asked directly.
 */
export function readProxies(variables: Variables): Proxies {
  const found: string[] = [];
  const bySecurity = {
    'https:': readProxy(variables, 'HTTPS_PROXY', found),
    'http:': readProxy(variables, 'HTTP_PROXY', found),
  };
  const problems = [...new Set(found)];
  const exceptions = [isHere, isIdentityEndpoint(variables), ...readExceptions(variables)];
  return {
    problems,
    of(target) {
      if (exceptions.some((matches) => matches(target))) return undefined;
      if (problems.length > 0) throw new ConfigurationError(problems);
      return bySecurity[target.protocol === 'http:' ? 'http:' : 'https:'];
    },
  };
}

function readProxy(variables: Variables, upperCase: string, problems: string[]): URL | undefined {
  const [name, given] = [upperCase, 'ALL_PROXY']
    .map((each) => givenProxy(variables, each, problems))
    .find(([isGiven]) => isGiven !== '') ?? ['', ''];
  if (given === '') return undefined;
  const address = given.includes('://') ? given : `http://${given}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && isUsable(url)) return url;
  const hint = url?.protocol.startsWith('socks') ? '; SOCKS is not supported' : '';
  problems.push(`${name} ${RULE}${hint}`);
  return undefined;
}

/** The variable that says it, and what it says; empty: nothing. */
function givenProxy(variables: Variables, upperCase: string, problems: string[]): [string, string] {
  const textOf = (each: string) => variables[each]?.trim() ?? '';
  const firstOf = (upper: string) => [upper.toLowerCase(), upper].find((each) => textOf(each) !== '');
  const [name, fileName] = [firstOf(upperCase), firstOf(`${upperCase}_FILE`)];
  if (fileName === undefined) return name === undefined ? ['', ''] : [name, textOf(name)];
  if (name !== undefined) problems.push(`${fileName} and ${name} exclude each other: set only one of them`);
  const content = readValueFile(textOf(fileName));
  if ('text' in content) return [fileName, content.text];
  problems.push(`${fileName} ${content.problem}`);
  return ['', ''];
}

function isUsable({ protocol, hostname, pathname, search, hash, username, password }: URL): boolean {
  const isHttp = /^https?:$/.test(protocol) && hostname !== '';
  return isHttp && pathname === '/' && `${search}${hash}` === '' && [username, password].every(isEncoded);
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text).length > -1;
  } catch {
    return false;
  }
}

const isHere: Matches = ({ hostname }) => isLoopback(bare(hostname)) || isIn(LINK_LOCAL, hostname);

function isIdentityEndpoint({ IDENTITY_ENDPOINT = '' }: Variables): Matches {
  const url = URL.canParse(IDENTITY_ENDPOINT) ? new URL(IDENTITY_ENDPOINT) : undefined;
  return ({ hostname, port }) => url !== undefined && url.hostname === hostname && portOf(url) === port;
}

/** The proxy on the way to an address; undefined: none. @throws ConfigurationError where the variables are wrong */
export function proxyTo(url: URL, proxies: Proxies = processProxies()): URL | undefined {
  return proxies.of({ protocol: url.protocol, hostname: url.hostname, port: portOf(url) });
}

/** The port of an address, also where it goes without saying. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

function readExceptions(variables: Variables): Matches[] {
  const given = variables.no_proxy?.trim() || variables.NO_PROXY || '';
  return given
    .toLowerCase()
    .split(/[,;|\s]+/)
    .filter((item) => item !== '')
    .map(exceptionOf);
}

/**
 * A name with all below it (`contoso.com`, `.contoso.com`, `*.contoso.com`), an address, a network, with `*` for
 * anything; with or without a port. A whole address means its host.
 */
function exceptionOf(item: string): Matches {
  const { name, port } = partsOf(item.replace(/^https?:\/\/([^/]*).*$/, '$1'));
  const network = networkOf(name);
  const domain = (domainToASCII(name) || name).replace(/^\*?\./, '');
  const names = new RegExp(`^(.*\\.)?${domain.split('*').map(literal).join('.*')}$`);
  const isMeant = (hostname: string) =>
    names.test(hostname) || (network !== undefined && isIn(network, hostname));
  return (target) =>
    (port === undefined || port === target.port) && isMeant(bare(target.hostname.toLowerCase()));
}

/** `[2001:db8::1]:443` and `host:443` have a port, `2001:db8::1` has none. */
function partsOf(item: string): { name: string; port: number | undefined } {
  const [, name = item, port] = item.match(/^(\[[^\]]*\]|[^:]*):(\d+)$/) ?? [];
  const plain = bare(name.replace(/^\[(.*)\](?=\/)/, '$1'));
  return { name: plain, port: port === undefined ? undefined : Number(port) };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function bare(host: string): string {
  return withoutBrackets(host).replace(/\.$/, '');
}

function networkOf(name: string): BlockList | undefined {
  const [address = '', bits] = name.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const length = bits === undefined ? most : Number(bits);
  const isNetwork = isIP(address) !== 0 && Number.isInteger(length) && length >= 0 && length <= most;
  return isNetwork ? networksOf([[address, length]]) : undefined;
}

function networksOf(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of networks) list.addSubnet(address, bits, familyOf(address));
  return list;
}

function isIn(networks: BlockList, hostname: string): boolean {
  const host = bare(hostname);
  return isIP(host) !== 0 && networks.check(host, familyOf(host));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
