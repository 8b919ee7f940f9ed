import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { isIP } from 'node:net';
import type { Config } from '../config/index.ts';
import { connectionTrouble } from '../connection-trouble.ts';
import { systemCodeOf } from '../errors.ts';
import { EXIT } from '../exit-status.ts';
import { withoutBrackets } from '../loopback.ts';
import { proxyTo } from '../proxies.ts';
import { readRedisAddress } from '../redis-address.ts';
import { type Finding, fault, well } from './finding.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether the name server knows the hosts that are connected to. Those behind a proxy it looks up itself. */
export async function lookAtNames(
  config: Config,
  { lookup }: Pick<Surroundings, 'lookup'>,
): Promise<Finding[]> {
  const redis = readRedisAddress(config.redisUrl ?? '')?.hosts ?? [];
  const ways = [config.authority, config.graphEndpoint].map(wayTo);
  const names = namesOf([...ways.map(({ host, proxy }) => proxy ?? host), ...redis.map(({ host }) => host)]);
  const behind = namesOf(ways.flatMap(({ host, proxy }) => (proxy === undefined ? [] : [host])));
  const found = await Promise.all(names.map((name) => addressesOf(name, lookup)));
  const faults = found.filter(({ state }) => state === 'fault');
  if (faults.length > 0) return faults;
  const told = [
    ...found.map(({ what }) => what),
    ...behind.map((host) => `${host} is looked up by the proxy`),
  ];
  return [well('dns', told.length === 0 ? 'No host is known by a name.' : `${told.join(', ')}.`)];
}

function namesOf(hosts: readonly string[]): string[] {
  return [...new Set(hosts)].filter((host) => isIP(host) === 0);
}

/** The host of an address, and that of the proxy on the way to it. */
function wayTo(address: string): { host: string; proxy: string | undefined } {
  const url = new URL(address);
  const proxy = proxyTo(url);
  return {
    host: withoutBrackets(url.hostname),
    proxy: proxy === undefined ? undefined : withoutBrackets(proxy.hostname),
  };
}

function addressesOf(name: string, lookup: Surroundings['lookup'] = lookUp): Promise<Finding> {
  return new Promise((resolve) => {
    lookup(name, { all: true }, (error, found) => {
      if (error === null) resolve(well('dns', `${name} is ${first(found)}`));
      else resolve(fault('dns', { what: troubleOf(error, name), exitStatus: EXIT.upstream }));
    });
  });
}

function troubleOf(error: unknown, name: string): string {
  return connectionTrouble(Object.assign(new Error(''), { code: systemCodeOf(error) }), name);
}

function first(found: string | readonly LookupAddress[]): string {
  return typeof found === 'string' ? found : (found[0]?.address ?? 'nowhere');
}
