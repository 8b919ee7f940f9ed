import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { createClient, createCluster, RESP_TYPES } from 'redis';
import type { RedisAddress, RedisHost } from '../../../redis-address.ts';
import { scripts } from './redis-scripts.ts';
import type { TokenProvider } from './redis-tokens.ts';

/** How the hosts of one address are connected to. */
export interface ClientOptions {
  address: Omit<RedisAddress, 'kind'>;
  /** In place of the address's user and password. */
  tokens?: TokenProvider | undefined;
  /** Bounds connecting. */
  timeoutMs: number;
}

type OwnCommands =
  | 'ping'
  | 'info'
  | 'hGet'
  | 'del'
  | 'zRem'
  | 'zRangeWithScores'
  | 'scan'
  | 'dbSize'
  | keyof typeof scripts;

/** The commands that are sent; in a cluster each goes to the node that keeps its key, and those without a key to all. */
export interface RedisClient extends Pick<ServerClient, OwnCommands> {
  /** HMGET whose texts are bytes. */
  hmGetBytes(key: string, fields: string[]): Promise<(Buffer | null)[]>;
  isReady: boolean;
  close(): Promise<unknown>;
  destroy(): void;
}

type ServerClient = ReturnType<typeof makeServerClient>;
type ClusterClient = RedisClient & {
  hosts(): RedisHost[];
  /** The node that has owed a response to a ping for longest, once that is long. */
  silent(): RedisHost | undefined;
};

const BYTES = { [RESP_TYPES.BLOB_STRING]: Buffer } as const;
/** A node that comes back is found again so soon. */
const NODE_RETRY_MS = 250;

/** No response for so long is no chance, and shorter than a command's time limit by more than pings are apart. */
const SILENT_MS = 400;

/** Settings of every connection. */
function settingsOf({ address, tokens, timeoutMs }: ClientOptions) {
  const { username, password } = address;
  return {
    scripts,
    // what every server and every proxy in front of one speaks
    RESP: 2 as const,
    disableOfflineQueue: true,
    // neither is needed, and a user with few rights may not send them
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tokens === undefined ? {} : { credentialsProvider: tokens }),
    socket: {
      connectTimeout: timeoutMs,
      // Node's own 250 ms for each address of a host are too short for a slow line
      autoSelectFamilyAttemptTimeout: timeoutMs / 2,
      ...(address.tls ? { tls: true as const, checkServerIdentity: identityCheck(address) } : {}),
    },
  };
}

/** A cluster often says addresses where its certificates have the name that one was told to ask. */
function identityCheck({ hosts }: Pick<RedisAddress, 'hosts'>) {
  return (host: string, certificate: PeerCertificate): Error | undefined => {
    const names = isIP(host) === 0 ? [host] : [host, ...hosts.map((each) => each.host)];
    const wrong = names.map((name) => checkServerIdentity(name, certificate));
    return wrong.includes(undefined) ? undefined : wrong[0];
  };
}

/** @param host the one of the address that is the server */
export function makeServerClient(options: ClientOptions, { host, port }: RedisHost) {
  const { database } = options.address;
  const { socket, ...settings } = settingsOf(options);
  return createClient({
    ...settings,
    ...(database === undefined ? {} : { database }),
    socket: { ...socket, host, port, reconnectStrategy: false },
  });
}

/** @param also further hosts that know the cluster */
export function makeClusterClient(options: ClientOptions, also: readonly RedisHost[]) {
  const { socket, ...settings } = settingsOf(options);
  return createCluster({
    scripts,
    rootNodes: [...options.address.hosts, ...also].map((host) => ({ socket: host })),
    defaults: { ...settings, socket: { ...socket, reconnectStrategy: () => NODE_RETRY_MS } },
    nodeAddressMap: (address: string) => asTold(address, options.address.hosts[0]),
    // a node that is down keeps nobody from the others
    minimizeConnections: true,
    // the next one who asks has all of it made again, in time
    topologyRefreshOnReconnectionAttemptStrategy: false,
  });
}

/** A node that does not know its own address is where one asked (the reply of CLUSTER SLOTS). */
function asTold(address: string, asked: RedisHost | undefined): RedisHost | undefined {
  const [, port] = /^(?:null|\?)?:(\d+)$/.exec(address) ?? [];
  return port === undefined || asked === undefined ? undefined : { host: asked.host, port: Number(port) };
}

export function asServer(client: ServerClient): RedisClient {
  const bytes = client.withTypeMapping(BYTES);
  return Object.assign(client, { hmGetBytes: (key: string, fields: string[]) => bytes.hmGet(key, fields) });
}

export function asCluster(client: ReturnType<typeof makeClusterClient>): ClusterClient {
  const bytes = client.withTypeMapping(BYTES);
  const nodes = () => client.masters.flatMap((node) => node.client ?? []);
  const [close, destroy] = [client.close.bind(client), client.destroy.bind(client)];
  let closing: ReturnType<typeof nodes> = [];
  const pings = createPings(() => client.masters);
  return Object.assign(client, {
    ...pings,
    hmGetBytes: (key: string, fields: string[]) => bytes.hmGet(key, fields),
    hosts: () => client.masters.map(({ host, port }) => ({ host, port })),
    close() {
      closing = nodes();
      return close();
    },
    // of a cluster that is closing node-redis knows no nodes any more
    destroy() {
      destroy();
      for (const node of closing) node.destroy();
    },
  });
}

interface Node extends RedisHost {
  client?: Pick<RedisClient, 'ping' | 'isReady'> | undefined;
}

/** Every node is asked at once, for node-redis asks any one, and does not say which one a command waits for. */
function createPings(nodes: () => readonly Node[]): Pick<ClusterClient, 'ping' | 'silent'> {
  const askedAtMs = new Map<Node, number>();
  async function ask(node: Node): Promise<void> {
    if (node.client?.isReady !== true) return;
    if (!askedAtMs.has(node)) askedAtMs.set(node, performance.now());
    try {
      await node.client.ping();
    } finally {
      askedAtMs.delete(node);
    }
  }
  return {
    async ping() {
      await Promise.all(nodes().map(ask));
      return 'PONG';
    },
    silent() {
      const [longest] = [...askedAtMs].toSorted(([, one], [, other]) => one - other);
      return longest !== undefined && performance.now() - longest[1] >= SILENT_MS ? longest[0] : undefined;
    },
  };
}
