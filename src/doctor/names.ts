import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { isIP } from 'node:net';
import type { Config } from '../config/index.ts';
import { connectionTrouble } from '../connection-trouble.ts';
import { systemCodeOf } from '../errors.ts';
import { EXIT } from '../exit-status.ts';
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
  const hosts = [config.authority, config.graphEndpoint].map(nextHostTo);
  const names = [...new Set([...hosts, ...redis.map(({ host }) => host)])].filter((host) => isIP(host) === 0);
  const found = await Promise.all(names.map((name) => addressesOf(name, lookup)));
  const faults = found.filter(({ state }) => state === 'fault');
  if (faults.length > 0) return faults;
  const what = names.length === 0 ? 'No host is known by a name.' : found.map((each) => each.what).join(', ');
  return [well('dns', what)];
}

/** The proxy on the way to an address, or its own host. */
function nextHostTo(address: string): string {
  const url = new URL(address);
  const proxy = proxyTo(url);
  return (proxy ?? url).hostname.replace(/^\[|\]$/g, '');
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
