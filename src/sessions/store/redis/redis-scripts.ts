import { type CommandParser, defineScript, type RedisArgument } from 'redis';

/*
 * Lua scripts of one key each, so that each runs in whichever node of a cluster keeps that key. The client sends a
 * script's digest, and its text where Redis does not know it (yet, or after a restart).
 *
 * A session is one hash: session, tokens, expires (Unix time in milliseconds), groups (stored names, one after the
 * other). A note is one too: text, expires. pcall where a key may be of another type: such a key counts as absent.
 *
 * What needs memory is each script's first write: once a script has written, even a removal, Redis lets it go on
 * beyond maxmemory.
 */

const PUT_OVER_OTHER_TYPE = `
local done = put()
if type(done) == 'table' and done.err and string.find(done.err, 'WRONGTYPE', 1, true) then
  redis.call('DEL', KEYS[1])
  done = put()
end
if type(done) == 'table' and done.err then return done end
`;

/** ARGV: milliseconds to live, then each field with its value. Returns the groups of what was there before. */
const PUT = `
local former = redis.pcall('HGET', KEYS[1], 'groups')
local function put() return redis.pcall('HSET', KEYS[1], unpack(ARGV, 2)) end
${PUT_OVER_OTHER_TYPE}
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return type(former) == 'string' and former or ''
`;

/**
 * ARGV: field, expected, next, expires, now. Returns nothing where the field is not as expected, else the groups in
 * which the session's expiry has to move too.
 */
const REPLACE = `
local found = redis.pcall('HMGET', KEYS[1], ARGV[1], 'expires', 'groups')
if found.err or found[1] ~= ARGV[2] then return nil end
local expires = tonumber(found[2])
if not expires or expires <= tonumber(ARGV[5]) then return nil end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
if tonumber(ARGV[4]) <= expires then return '' end
redis.call('HSET', KEYS[1], 'expires', ARGV[4])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[4] - ARGV[5]))
return found[3] or ''
`;

/** ARGV: groups, now. Returns nothing where there is no session, else its expiry and the groups it was in before. */
const REGROUP = `
local found = redis.pcall('HMGET', KEYS[1], 'expires', 'groups')
local expires = not found.err and tonumber(found[1])
if not expires or expires <= tonumber(ARGV[2]) then return nil end
redis.call('HSET', KEYS[1], 'groups', ARGV[1])
return { found[1], found[2] or '' }
`;

/** A group is a sorted set of session ids by expiry, and lives as long as the last of them. ARGV: id, expires, now. */
const JOIN = `
local function put() return redis.pcall('ZADD', KEYS[1], ARGV[2], ARGV[1]) end
${PUT_OVER_OTHER_TYPE}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then redis.call('PEXPIRE', KEYS[1], string.format('%.0f', last[2] - ARGV[3])) end
return 1
`;

/** ARGV: expires, now. Returns 1 where the name was free. */
const USE_ONCE = `
local found = redis.pcall('GET', KEYS[1])
if type(found) == 'string' and (tonumber(found) or 0) > tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', string.format('%.0f', math.max(1, ARGV[1] - ARGV[2])))
return 1
`;

function script<Reply>(source: string) {
  return defineScript({
    SCRIPT: source,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser: CommandParser, key: string, ...values: RedisArgument[]) {
      parser.pushKey(key);
      parser.push(...values);
    },
    transformReply: (reply: Reply) => reply,
  });
}

/** What the client can do beside Redis's own commands. Numbers are sent as texts. */
export const scripts = {
  putFields: script<string>(PUT),
  replaceField: script<string | null>(REPLACE),
  regroup: script<[expires: string, former: string] | null>(REGROUP),
  joinGroup: script<number>(JOIN),
  useNameOnce: script<number>(USE_ONCE),
};
