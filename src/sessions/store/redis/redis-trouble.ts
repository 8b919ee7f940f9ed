import { ErrorReply, SocketClosedUnexpectedlyError } from 'redis';
import { connectionTrouble, silenceOf } from '../../../connection-trouble.ts';
import { systemCodeOf, UpstreamError } from '../../../errors.ts';
import { hostsOf, type RedisHost, redisAdvice } from '../../../redis-address.ts';
import { REFUSED } from './redis-tokens.ts';

/**
 * What Redis replies that is not the server to write to, or not any more: after a failover, while it starts, or where a
 * part of the cluster is missing. Another connection may lead to another server. A script's error may come first.
 */
const ELSEWHERE = /(?:^|[\s-])(READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|MOVED)\b/;

const MEANING: Readonly<Record<string, string>> = {
  READONLY: 'a replica, which nobody can write to',
  LOADING: 'it still reads its data',
  CLUSTERDOWN: 'a part of the cluster is missing',
  MASTERDOWN: 'a replica that has lost its server',
  NOREPLICAS: 'it has fewer replicas than min-replicas-to-write',
  MOVED: 'a cluster whose nodes the user may not ask for: allow CLUSTER SLOTS and INFO',
};

/** Whether an error is a reply that another server might not give. */
function isElsewhere(error: unknown): boolean {
  return error instanceof ErrorReply && ELSEWHERE.test(error.message);
}

/** Whether Redis does not know, or no longer knows, who this is. */
export function isRefused(error: unknown): boolean {
  return error instanceof ErrorReply && REFUSED.test(error.message);
}

/** Whether a connection is worth nothing any more: it is silent or broken, nobody's, or leads to the wrong server. */
export function isLost(error: unknown): boolean {
  return !(error instanceof ErrorReply) || isElsewhere(error) || isRefused(error);
}

/**
 * A system code or the words of Redis or node-redis: none of them holds the URL or a password.
 * @param node of a cluster, where it is that one's own trouble
 */
export function describeTrouble(error: unknown, node?: RedisHost): string {
  const words = wordsOf(error);
  return node === undefined ? words : `${words} (${hostsOf({ hosts: [node] })})`;
}

function wordsOf(error: unknown): string {
  if (error instanceof UpstreamError) return error.detail ?? error.message;
  if (typeof error !== 'object' || error === null) return 'unknown trouble';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : 'unknown trouble';
  const code = codeOf(error, message);
  return code === undefined
    ? message.replace(ARGUMENTS, '').replace(/[.?]$/, '')
    : `${code} (${MEANING[code]})`;
}

/** Redis repeats what it was sent to people whose command it does not know. */
const ARGUMENTS = /,? with args beginning with:.*$/s;

function codeOf(error: unknown, message: string): string | undefined {
  // what node-redis comes to where no node has a key's slot
  if (error instanceof TypeError && message.includes("'master'")) return 'CLUSTERDOWN';
  return isElsewhere(error) ? ELSEWHERE.exec(message)?.[1] : undefined;
}

/** What to do about it, where it is the connection's trouble and not Redis's own. */
export function explanationOf(error: unknown, hosts: string): string {
  if (error instanceof UpstreamError) return ` ${error.explanation ?? silenceOf(hosts)}`;
  if (error instanceof SocketClosedUnexpectedlyError) return ` ${endedOf(hosts)}`;
  if (systemCodeOf(error) !== '') return ` ${connectionTrouble(error, hosts, 'redis')}`;
  const advice = redisAdvice(wordsOf(error));
  return advice === undefined ? '' : ` ${advice}`;
}

const endedOf = (hosts: string) =>
  `${hosts} ended the connection. Check the port, and whether REDIS_URL should begin with rediss: (or redis:).`;
