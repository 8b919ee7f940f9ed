import { ErrorReply } from 'redis';
import type { RedisAddress, RedisHost } from '../../../redis-address.ts';
import { storeUnavailable, withinTime } from '../store-unavailable.ts';
import {
  asCluster,
  asServer,
  type ClientOptions,
  makeClusterClient,
  makeServerClient,
  type RedisClient,
} from './redis-client.ts';

/** Of one node of a cluster. */
export interface NodeTrouble {
  node: RedisHost;
  error: unknown;
}

/** A client that is connected. */
export interface RedisLink {
  client: RedisClient;
  /** Of a cluster some nodes may answer while others don't. */
  isCluster: boolean;
  /** Where else the same Redis can be found. */
  hosts: () => readonly RedisHost[];
  /** What node-redis keeps to itself: why a node of a cluster cannot be used, while it tries again, or which is silent. */
  nodeTrouble: () => NodeTrouble | undefined;
}

interface WayOptions extends ClientOptions {
  address: RedisAddress;
  /** Told when a connection to one server ends. */
  onLost(client: RedisClient, error: unknown): void;
  /** Every client that was made, whether it gets connected or not. */
  made: Set<RedisClient>;
  /** Hosts that were part of the cluster. */
  known: readonly RedisHost[];
  /** Told which server the sentinels name. */
  onNamed(server: RedisHost): void;
}

/** Connects as the address says. @throws what keeps it from that; the caller destroys what was made */
export async function openLink(options: WayOptions): Promise<RedisLink> {
  const { kind, hosts } = options.address;
  if (kind === 'cluster') return openCluster(options);
  const [host] = kind === 'sentinel' ? [await askSentinels(options)] : hosts;
  if (host === undefined) throw new Error('there is no host');
  if (kind === 'sentinel') options.onNamed(host);
  const { raw, client } = await openServer(options, host);
  if (kind === 'server' && (await isOfCluster(raw, options.timeoutMs))) return openCluster(options);
  return { client, isCluster: false, hosts: () => [], nodeTrouble: () => undefined };
}

async function openServer(options: WayOptions, host: RedisHost) {
  const raw = makeServerClient(options, host);
  const client = asServer(raw);
  options.made.add(client);
  raw.on('error', (error) => options.onLost(client, error));
  raw.on('end', () => options.onLost(client, new Error('the connection ended')));
  await withinTime(raw.connect(), options.timeoutMs);
  // who is not let in is told so in place of the first reply
  await withinTime(raw.ping(), options.timeoutMs);
  return { raw, client };
}

async function openCluster(options: WayOptions): Promise<RedisLink> {
  const raw = makeClusterClient(options, options.known);
  const client = asCluster(raw);
  options.made.add(client);
  // commands tell what they meet; the last trouble of looking around says why there was nobody to ask
  let trouble: unknown;
  const nodeTrouble = watchNodes(raw);
  raw.on('error', (error) => {
    // a reply says more than a broken connection
    if (!(trouble instanceof ErrorReply)) trouble = error;
  });
  await withinTime(raw.connect(), options.timeoutMs * 2).catch((error: unknown) => {
    throw trouble ?? error;
  });
  return {
    client,
    isCluster: true,
    hosts: client.hosts,
    nodeTrouble: () => nodeTrouble() ?? silence(client),
  };
}

function silence(client: ReturnType<typeof asCluster>): NodeTrouble | undefined {
  const node = client.silent();
  return node && { node, error: storeUnavailable('no response in time') };
}

/** Commands wait for a node that refuses to be connected to; what it says instead is told as an event only. */
function watchNodes(raw: ReturnType<typeof makeClusterClient>): RedisLink['nodeTrouble'] {
  const troubles = new Map<string, NodeTrouble>();
  const nameOf = ({ host, port }: RedisHost) => `${host} ${port}`;
  raw.on('node-error', (error: unknown, node: RedisHost) => troubles.set(nameOf(node), { node, error }));
  for (const event of ['node-ready', 'node-disconnect'])
    raw.on(event, (node: RedisHost) => troubles.delete(nameOf(node)));
  // its own reply says more than a broken connection
  return () => {
    const all = [...troubles.values()];
    return all.find(({ error }) => error instanceof ErrorReply) ?? all[0];
  };
}

/** A proxy in front of a cluster says that it is one, and may not know its nodes: it is spoken to like a server. */
async function isOfCluster(raw: ReturnType<typeof makeServerClient>, timeoutMs: number): Promise<boolean> {
  const told = await withinTime(unlessRefused(raw.info('cluster')), timeoutMs);
  if (!/^cluster_enabled:1\s/m.test(told ?? '')) return false;
  const slots = await withinTime(unlessRefused(raw.clusterSlots()), timeoutMs);
  return slots !== undefined && slots.length > 0;
}

async function unlessRefused<Reply>(reply: Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ErrorReply) return undefined;
    throw error;
  }
}

/** The server that is written to, as most of the sentinels that answer know it. @throws where none does */
async function askSentinels(options: WayOptions): Promise<RedisHost> {
  const responses = await Promise.allSettled(options.address.hosts.map((host) => askSentinel(options, host)));
  const known = responses.flatMap((response) => (response.status === 'fulfilled' ? [response.value] : []));
  const votesFor = (given: string) => known.filter((each) => each.join(' ') === given).length;
  const [winner] = known.toSorted((one, other) => votesFor(other.join(' ')) - votesFor(one.join(' ')));
  if (winner !== undefined) return { host: winner[0], port: Number(winner[1]) };
  throw responses.map((response) => (response.status === 'rejected' ? response.reason : undefined))[0];
}

/** Sentinels have a password of their own or none: that of the server is tried where one is wanted. */
async function askSentinel(options: WayOptions, sentinel: RedisHost): Promise<[string, string]> {
  const { username: _user, password: _password, ...open } = options.address;
  try {
    return await askAs({ ...options, address: open, tokens: undefined }, sentinel);
  } catch (error) {
    if (!(error instanceof ErrorReply) || !/^(NOAUTH|NOPERM)/.test(error.message)) throw error;
    return askAs(options, sentinel);
  }
}

async function askAs(
  { address, tokens, timeoutMs, made }: ClientOptions & Pick<WayOptions, 'made'>,
  sentinel: RedisHost,
): Promise<[string, string]> {
  const raw = makeServerClient({ address, tokens, timeoutMs }, sentinel);
  const client = asServer(raw);
  made.add(client);
  raw.on('error', () => undefined);
  try {
    await withinTime(raw.connect(), timeoutMs);
    const question = ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', address.masterName ?? ''];
    const found: unknown = await withinTime(raw.sendCommand(question), timeoutMs);
    const [host, port] = Array.isArray(found) ? found.map(String) : [];
    if (host === undefined || port === undefined)
      throw new Error('the sentinel knows no server by the name in REDIS_URL');
    return [host, port];
  } finally {
    client.destroy();
    made.delete(client);
  }
}
