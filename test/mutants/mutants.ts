/** A change of one place of the sources. */
export interface Edit {
  file: string;
  /** Stands in the file exactly once. */
  text: string;
  instead: string;
}

/** A defect: a defence taken out of the sources, and the tests that have to notice. */
export interface Mutant extends Edit {
  /** What is left undefended. */
  defect: string;
  /** Where a defence stands twice, the second place. */
  also?: readonly Edit[];
  /** Test files below test/. */
  tests: readonly string[];
  /** Names of the tests that matter, to save time. */
  only?: string;
}

const ID_TOKEN = { file: 'src/identity/id-token.ts', tests: ['threats/id-token'] };
const ISSUER = { file: 'src/identity/response-issuer.ts', tests: ['threats/issuer'] };
const CALLBACK = { file: 'src/sign-in/sign-in-routes.ts', tests: ['threats/callback'] };
const PENDING = { file: 'src/sessions/pending-sign-ins.ts', tests: ['threats/callback'] };
const NETWORK = { file: 'src/identity/network.ts', tests: ['threats/token-answer'] };
const ANSWER = { file: 'src/identity/token-answer.ts', tests: ['threats/token-answer'] };
const GRAPH = { file: 'src/graph/client/transport.ts', tests: ['threats/graph'] };
const LINK = { file: 'src/graph/lists/next-link.ts', tests: ['threats/graph'], only: 'J47' };
const USER = { file: 'src/identity/user-token.ts', tests: ['threats/graph'], only: 'C16' };
const SESSION = { tests: ['threats/session'] };
const RETURN = { file: 'src/http/return-to.ts', tests: ['threats/redirects'] };

/** One for each defence. */
export const MUTANTS: readonly Mutant[] = [
  {
    defect: 'the issuer is not compared',
    ...ID_TOKEN,
    text: 'claims.iss === issuerOfTenant(expected.issuer, String(claims.tid))',
    instead: 'claims.iss !== null || issuerOfTenant(expected.issuer, String(claims.tid)) !== null',
    also: [
      {
        file: 'src/identity/id-token.ts',
        text: 'keyIssuer === undefined || claims.iss === filledIn(keyIssuer, claims)',
        instead: "keyIssuer === undefined || filledIn(keyIssuer, claims) !== ''",
      },
    ],
    only: 'C12',
  },
  {
    defect: 'other audiences beside this app are taken',
    ...ID_TOKEN,
    text: 'audiences.every((entry) => entry === clientId)',
    instead: 'audiences.some((entry) => entry === clientId)',
    only: 'C13',
  },
  {
    defect: 'the authorized party is not looked at',
    ...ID_TOKEN,
    text: 'azp === undefined || azp === clientId',
    instead: 'azp !== clientId || azp === clientId',
    only: 'C13',
  },
  {
    defect: 'a time of issue ahead is taken',
    ...ID_TOKEN,
    text: 'iat <= 0 || iat > latest',
    instead: 'iat <= 0',
    only: 'C14',
  },
  {
    defect: 'a life without end is taken',
    ...ID_TOKEN,
    text: 'exp > iat && exp <= latest + MAX_LIFETIME_SECONDS',
    instead: 'exp > iat && latest + MAX_LIFETIME_SECONDS > 0',
    only: 'C14',
  },
  {
    defect: 'the leeway is a day',
    ...ID_TOKEN,
    text: 'const LEEWAY_SECONDS = 300;',
    instead: 'const LEEWAY_SECONDS = 86_400;',
    only: 'C14',
  },
  {
    defect: 'client_info of anybody is believed',
    ...ID_TOKEN,
    text: '(claims, expected) => isSameAccount(claims, expected)',
    instead: "(claims, expected) => isSameAccount(claims, expected) || expected.homeAccountId !== ''",
    only: 'C16',
  },
  {
    defect: 'a token of another user flow is believed',
    file: 'src/identity/id-token.ts',
    tests: ['threats/user-flow'],
    text: 'userFlow === undefined || isNameOf(userFlow, tfp ?? acr)',
    instead: "userFlow === undefined || isNameOf(userFlow, tfp ?? acr) || userFlow !== ''",
  },
  {
    defect: 'a key signs for tenants that it was not published for',
    ...ID_TOKEN,
    text: 'keyIssuer === undefined || claims.iss === filledIn(keyIssuer, claims)',
    instead: "keyIssuer === undefined || filledIn(keyIssuer, claims) !== ''",
    only: 'C17',
  },
  {
    defect: 'keys are never asked for again',
    file: 'src/identity/signing-keys.ts',
    text: 'known.length > 0 || !mayRefetch()',
    instead: 'known.length >= 0 || !mayRefetch()',
    tests: ['threats/id-token'],
    only: 'C17 keys that were rotated',
  },
  {
    defect: 'keys are asked for as often as somebody makes the app ask',
    file: 'src/identity/signing-keys.ts',
    text: 'if (refetchedAtMs.length >= maxRefetches) return false;',
    instead: 'if (refetchedAtMs.length >= maxRefetches * 100) return false;',
    tests: ['threats/id-token'],
    only: 'five times in five minutes',
  },
  {
    defect: 'accounts of every tenant are let in',
    ...ID_TOKEN,
    text: 'if (!isTenantAllowed(tid, expected)) {',
    instead: 'if (!isTenantAllowed(tid, expected) && tid === String(expected)) {',
    tests: ['threats/tenants'],
    only: 'C18',
  },
  {
    defect: 'ALLOWED_TENANTS is not looked at',
    ...ID_TOKEN,
    text: 'expected.allowedTenants.length === 0 ||',
    instead: 'expected.allowedTenants.length >= 0 ||',
    tests: ['threats/tenants'],
    only: 'C18',
  },
  {
    defect: 'a sign-in is taken as often as it comes',
    ...PENDING,
    text: 'return first\n',
    instead: 'return first || !first\n',
    only: 'B7|B8',
  },
  {
    defect: 'a sign-in never grows too old',
    ...PENDING,
    text: 'if (nowSeconds() >= expiresAtSeconds)',
    instead: 'if (nowSeconds() >= expiresAtSeconds * 2)',
    only: 'B9',
  },
  {
    defect: 'a browser keeps sign-ins without end',
    ...PENDING,
    text: 'return old || index >= MOST_PER_BROWSER - 1 || characters > MOST_COOKIE_CHARACTERS;',
    instead: 'return old || index >= MOST_PER_BROWSER * 100 || characters > MOST_COOKIE_CHARACTERS * 100;',
    tests: ['threats/host'],
    only: 'G41',
  },
  {
    defect: 'the state may have any form',
    ...CALLBACK,
    text: 'state !== undefined && /^[A-Za-z0-9_-]{22}$/.test(state)',
    instead: 'state !== undefined',
    only: 'B4|B5',
  },
  {
    defect: 'an error beside a code is overlooked',
    file: 'src/sign-in/authorization-response.ts',
    text: 'if (parameters.error !== undefined) throw errorResponse(parameters);',
    instead:
      'if (parameters.error !== undefined && parameters.code === undefined) throw errorResponse(parameters);',
    tests: ['threats/callback'],
    only: 'B10',
  },
  {
    defect: 'error codes are looked up among prototypes',
    file: 'src/sign-in/authorization-response.ts',
    text: "ERRORS.get(parameters.error ?? '')",
    instead: "(Object.fromEntries(ERRORS) as Record<string, Make>)[parameters.error ?? '']",
    tests: ['threats/callback'],
    only: 'B10 the error',
  },
  {
    defect: 'an answer is redeemed with another authority than the sign-in was begun with',
    file: 'src/identity/sign-in.ts',
    text: 'if (digestOf(metadata.issuer) !== pending.issuerDigest)',
    instead: 'if (digestOf(metadata.issuer) === "")',
    tests: ['threats/callback'],
    only: 'H42',
  },
  {
    defect: 'the nonce is always the same',
    file: 'src/identity/sign-in.ts',
    text: 'nonce: slice(STATE_BYTES, NONCE_BYTES),',
    instead: "nonce: 'A'.repeat(22),",
    tests: ['threats/callback'],
    only: 'A1',
  },
  {
    defect: 'the state is always the same',
    file: 'src/identity/sign-in.ts',
    text: 'state: slice(0, STATE_BYTES),',
    instead: "state: 'A'.repeat(22),",
    tests: ['threats/callback'],
    only: 'A1',
  },
  {
    defect: 'redirects of the identity platform are followed',
    ...NETWORK,
    file: 'src/http-client.ts',
    text: 'maxRedirects: 0,',
    instead: 'maxRedirects: 5,',
    only: 'C21',
  },
  {
    defect: 'answers of the identity platform may have any size',
    ...NETWORK,
    file: 'src/http-client.ts',
    text: 'maxContentLength: Math.min(fewerBytes, maxBytes),',
    instead: 'maxContentLength: 1e9,',
    only: '2 MiB',
  },
  {
    defect: 'the kind of a network failure is lost in MSAL',
    ...NETWORK,
    text: 'Object.setPrototypeOf(this, NetworkRefusal.prototype);',
    instead: '',
    only: 'C20 the platform says no',
  },
  {
    defect: 'the shape of a token answer is not checked',
    ...ANSWER,
    text: 'for (const [name, holds] of CHECKS) if (!holds(body)) throw refused(status, name);',
    instead: 'if (CHECKS.length === 0) throw refused(status, String(body));',
    only: 'C20',
  },
  {
    defect: 'tokens beside an error are taken',
    ...ANSWER,
    text: "throw refused(status, 'tokens together with an error');",
    instead: 'return;',
    only: 'C20 tokens and an error',
  },
  {
    defect: 'redirects of Graph are followed',
    ...GRAPH,
    file: 'src/http-client.ts',
    text: 'maxRedirects: 0,',
    instead: 'maxRedirects: 5,',
    only: 'J49',
  },
  {
    defect: 'a link to the next page is compared by its beginning',
    ...LINK,
    text: 'url.origin === endpoint && url.pathname === path',
    instead: 'link.startsWith(endpoint) && url.pathname === path',
  },
  {
    defect: 'a link to the next page may have any path',
    ...LINK,
    text: 'url.origin === endpoint && url.pathname === path',
    instead: "url.origin === endpoint && url.pathname !== path + ' '",
  },
  {
    defect: 'a renewed ID token is not verified',
    ...USER,
    text: "if (result.fromCache || result.idToken === '') return;",
    instead: 'if (result.idToken !== null) return;',
  },
  {
    defect: 'twenty calls ask for twenty tokens',
    file: 'src/sign-in/person-token.ts',
    text: 'if (running !== undefined) return running;',
    instead: '',
    tests: ['threats/graph'],
    only: 'J55',
  },
  {
    defect: 'the session keeps its id over a sign-in',
    file: 'src/sessions/sessions.ts',
    text: 'if (openSession(request) !== undefined) await settled((done) => request.session.regenerate(done));',
    instead: '',
    ...SESSION,
    only: 'D26',
  },
  {
    defect: 'a late write brings a session back',
    file: 'src/sessions/store/memory-records.ts',
    text: 'if (record === undefined || record[part] !== expected) return false;',
    instead:
      'if (record === undefined) {\n        records.set(id, { session: next, tokens: next, groups: [] }, expiresAtMs);\n        return true;\n      }',
    ...SESSION,
    only: 'D30',
  },
  {
    defect: 'tokens lie in the store as they are',
    file: 'src/sessions/session-store.ts',
    text: 'return this.#settings.sealer.seal(',
    instead: 'return ((clear: string, place: string) => clear + place)(',
    ...SESSION,
    only: 'D34',
  },
  {
    defect: 'the cookie’s id is the name in the store',
    file: 'src/sessions/session-store.ts',
    text: "return hash('sha256', sid, 'base64url');",
    instead: 'return sid;',
    ...SESSION,
    only: 'D34',
  },
  {
    defect: 'a sealed text opens in any place',
    file: 'src/sessions/sealing.ts',
    text: '(kind: number, context: string): Buffer =>',
    instead: '(kind: number, given: string, context = given.slice(0, 0)): Buffer =>',
    ...SESSION,
    only: 'D34',
  },
  {
    defect: 'cookies lack Secure and the host prefix behind https',
    file: 'src/main/web-app.ts',
    text: "const secure = config.baseUrl.startsWith('https:');",
    instead: 'const secure = config.baseUrl.length === 0;',
    ...SESSION,
    only: 'D25',
  },
  {
    defect: 'scripts can read the session cookie',
    file: 'src/sessions/session-cookie.ts',
    text: "{ path: '/', httpOnly: true, sameSite: 'lax', secure } as const",
    instead: "{ path: '/', httpOnly: false as true, sameSite: 'lax', secure } as const",
    ...SESSION,
    only: 'D25',
  },
  {
    defect: 'a sign-out is said to be done before it is',
    file: 'src/sessions/sessions.ts',
    text: 'if (request.session) await settled((done) => request.session.destroy(done));',
    instead: 'if (request.session) request.session.destroy(() => undefined);',
    ...SESSION,
    only: 'D29',
  },
  {
    defect: 'another site signs people out',
    file: 'src/http/cross-site.ts',
    text: "if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;",
    instead: '',
    ...SESSION,
    only: 'E36',
  },
  {
    defect: 'a foreign origin signs people out',
    file: 'src/http/cross-site.ts',
    text: 'if (origin !== undefined && origin !== baseUrl && !isOwnForm) return true;',
    instead: 'void isOwnForm;',
    ...SESSION,
    only: 'E36',
  },
  {
    defect: 'pages may be framed and scripts may be inline',
    file: 'src/web/app.ts',
    text: 'app.use(securityHeaders({ secure, formTargets: formTargets(settings.identityOrigin) }));',
    instead: 'void [securityHeaders, secure, formTargets(settings.identityOrigin)];',
    ...SESSION,
    only: 'D32',
  },
  {
    defect: 'two slashes are a path',
    ...RETURN,
    text: 'return /^\\/(?![/\\\\])/.test(path) && !hasControlOrBackslash(path);',
    instead: 'return /^\\//.test(path) && !hasControlOrBackslash(path);',
    only: 'F37 after a choice of language',
  },
  {
    defect: 'a path is not judged as others decode it',
    ...RETURN,
    text: '!isPlainPath(path) || !isPlainPath(decodedOnce(path))',
    instead: '!isPlainPath(path)',
    only: 'F37 after a choice of language',
  },
  {
    defect: 'a return-to grows beyond its cookie',
    ...RETURN,
    text: "return address.length > MAX_RETURN_CHARACTERS ? '/' : address;",
    instead: 'return address;',
    only: 'fits its cookie',
  },
  {
    defect: 'people are sent back to what signs them out',
    ...RETURN,
    text: 'if (ACTIONS.test(url.pathname) ||',
    instead: "if (ACTIONS.test('') ||",
    only: 'no page that does something',
  },
  {
    defect: 'what the address says goes into the authorization request',
    file: 'src/sign-in/sign-in-hints.ts',
    text: 'prompt !== undefined && PROMPTS.includes(prompt)',
    instead: 'prompt !== undefined',
    tests: ['web/sign-in'],
    only: 'nothing of the visitor',
  },
  {
    defect: 'the way out leads where the request says',
    file: 'src/sign-in/sign-out-routes.ts',
    text: 'function logout({ identity, sessions, baseUrl }: SignOutRouteSettings): RequestHandler {\n  return async (request, response) => {',
    instead:
      "function logout({ identity, sessions }: SignOutRouteSettings): RequestHandler {\n  return async (request, response) => {\n    const baseUrl = 'http://' + request.get('Host');",
    tests: ['threats/host'],
    only: 'L59',
  },
  {
    defect: 'visitors say themselves which address counts',
    file: 'src/web/app.ts',
    text: "app.set('trust proxy', config.trustProxy);",
    instead: "app.set('trust proxy', true);",
    tests: ['threats/host'],
    only: 'M64',
  },
  {
    defect: 'floods of callbacks are not stopped',
    file: 'src/sign-in/sign-in-routes.ts',
    text: 'router.get(settings.redirectPath, settings.limit, callback(settings));',
    instead: 'router.get(settings.redirectPath, callback(settings));',
    tests: ['threats/host'],
    only: 'M64',
  },
  {
    defect: 'names are HTML',
    file: 'views/users.ejs',
    text: '<bdi><%= person.username %></bdi>',
    instead: '<bdi><%- person.username %></bdi>',
    tests: ['threats/host'],
    only: 'K56',
  },
  {
    defect: 'queries are logged',
    file: 'src/http/request-log.ts',
    text: "originalUrl.indexOf('?');",
    instead: "originalUrl.indexOf('#');",
    tests: ['threats/id-token'],
    only: 'C12',
  },
  {
    defect: 'everybody may be the proxy',
    file: 'src/config/operation.ts',
    text: 'if (/^[1-9]\\d?$/.test(given)) return Number(given);',
    instead: 'if (/^[1-9]\\d?$|^true$/.test(given)) return Number(given);',
    tests: ['threats/settings'],
  },
  {
    defect: 'one client for everybody',
    file: 'src/identity/client.ts',
    text: 'const { clientId, credential, authority, network } = settings;',
    instead:
      'const { clientId, credential, authority, network } = settings;\n  const kept = (globalThis as { kept?: Map<unknown, ConfidentialClientApplication> });\n  kept.kept ??= new Map();\n  const shared = kept.kept.get(settings);\n  if (shared !== undefined) {\n    if (cache !== undefined) shared.getTokenCache().deserialize(cache);\n    return shared;\n  }',
    also: [
      {
        file: 'src/identity/client.ts',
        text: 'if (cache !== undefined) client.getTokenCache().deserialize(cache);',
        instead:
          '(globalThis as { kept?: Map<unknown, ConfidentialClientApplication> }).kept?.set(settings, client);\n  if (cache !== undefined) client.getTokenCache().deserialize(cache);',
      },
    ],
    tests: ['threats/session'],
    only: 'I43',
  },
  {
    defect: 'the subject may be anything',
    ...ID_TOKEN,
    text: 'isText(claims.sub) && isGuid(claims.tid) && isText(claims.oid)',
    instead: 'isGuid(claims.tid)',
    only: 'C16',
  },
  {
    defect: 'a sign-in’s cookie is not bound to its state',
    ...PENDING,
    text: "toString('latin1'), state);",
    instead: "toString('latin1'), 'any');",
    also: [
      {
        file: 'src/sessions/pending-sign-ins.ts',
        text: 'text.write(pending)}`, state);',
        instead: "text.write(pending)}`, 'any');",
      },
    ],
    only: 'B5',
  },
  {
    defect: 'answers of Graph may have any size',
    ...GRAPH,
    text: 'const client = createHttpClient(limits.maxBytes);',
    instead: 'const client = createHttpClient(1e9);',
    only: '9 MiB',
  },
  {
    defect: 'somebody else’s renewed tokens are used',
    ...USER,
    text: 'result.account === null || result.account.homeAccountId !== account.homeAccountId',
    instead: 'result.account === null',
    also: [
      {
        file: 'src/identity/user-token.ts',
        text: 'if (!isSamePerson(account, accountOf(claims, result.account))) throw accountChanged();',
        instead: '',
      },
    ],
  },
  {
    defect: 'a session that is used never ends',
    file: 'src/sessions/session-store.ts',
    text: 'now() >= stored.seenAtMs + idleMs || now() >= stored.startedAtMs + maxMs',
    instead: 'now() >= stored.seenAtMs + idleMs',
    also: [
      {
        file: 'src/sessions/session-store.ts',
        text: 'return Math.min(now() + idleMs, startedAtMs + maxMs);',
        instead: 'return now() + idleMs + 0 * startedAtMs * maxMs;',
      },
    ],
    ...SESSION,
    only: 'D28',
  },
  {
    defect: 'a session that is not used never ends',
    file: 'src/sessions/session-store.ts',
    text: 'now() >= stored.seenAtMs + idleMs || now() >= stored.startedAtMs + maxMs',
    instead: 'now() >= stored.startedAtMs + maxMs',
    also: [
      {
        file: 'src/sessions/session-store.ts',
        text: 'return Math.min(now() + idleMs, startedAtMs + maxMs);',
        instead: 'return startedAtMs + maxMs;',
      },
    ],
    ...SESSION,
    only: 'D28',
  },
  {
    defect: 'a failed sign-in is stored after all',
    file: 'src/sessions/sessions.ts',
    text: 'delete (request as Partial<Request>).session;',
    instead: '',
    ...SESSION,
    only: 'D29',
  },
  {
    defect: 'Graph is asked again and again for the same refusal',
    file: 'src/sign-in/require-sign-in.ts',
    text: 'answeredChallengeAtMs !== undefined && now() - answeredChallengeAtMs < CHALLENGE_REST_MS',
    instead: 'answeredChallengeAtMs !== undefined && now() < 0',
    tests: ['threats/graph'],
    only: 'J54',
  },
  {
    defect: 'whatever Graph calls a claims challenge goes into the next sign-in',
    file: 'src/graph/client/claims-challenge.ts',
    text: ": readClaimsRequest(Buffer.from(encoded, 'base64').toString('utf8'))",
    instead: ": Buffer.from(encoded, 'base64').toString('utf8')",
    tests: ['threats/graph'],
    only: 'J54',
  },
  {
    defect: 'whatever the token endpoint calls claims goes into the next sign-in',
    file: 'src/identity/msal-error.ts',
    text: 'claims: readClaimsRequest(error.claims)',
    instead: 'claims: error.claims',
    tests: ['threats/graph'],
    only: 'J54',
  },
  {
    defect: 'claims that no cookie can carry go into the next sign-in',
    file: 'src/claims-request.ts',
    text: 'if (Buffer.byteLength(JSON.stringify(claims)) > MAX_WRITTEN_BYTES) return undefined;',
    instead: '',
    tests: ['threats/graph'],
    only: 'J54',
  },
  {
    defect: 'a write is begun on a nearly full disk',
    file: 'src/sessions/store/disk-room.ts',
    text: "return roomFor[use] ? undefined : 'the disk is nearly full';",
    instead: 'return undefined;',
    tests: ['sessions/lmdb-records'],
    only: 'begin no write',
  },
  {
    defect: 'a link that stands in a row is taken for the one of the page',
    file: 'src/graph/lists/pages.ts',
    text: 'if (ahead && next?.path !== page.nextPath)',
    instead: 'if (ahead && next === undefined)',
    tests: ['graph/pages'],
    only: 'stands in a row',
  },
  {
    defect: 'the issuer that an authorization response names is not compared',
    ...ISSUER,
    text: 'if (!isIssuerOfAuthority(issuer, metadata.issuer)) throw',
    instead: "if (issuer === '' && !isIssuerOfAuthority(issuer, metadata.issuer)) throw",
  },
  {
    defect: 'an authorization response without the promised issuer is taken',
    ...ISSUER,
    text: 'if (metadata.namesIssuer) throw',
    instead: 'if (metadata.namesIssuer && issuer !== undefined) throw',
  },
  {
    defect: 'the tenant in the issuer of an authorization response is not judged',
    ...ISSUER,
    text: 'tenantId !== undefined && !isTenantAllowed(tenantId, rules)',
    instead: "tenantId === '' && !isTenantAllowed(tenantId, rules)",
  },
  {
    defect: 'an issuer that is named twice counts as none',
    ...ISSUER,
    file: 'src/sign-in/authorization-response.ts',
    text: "return typeof iss === 'string' ? iss : '';",
    instead: "return typeof iss === 'string' ? iss || undefined : undefined;",
  },
  {
    defect: 'the ID token may be of another issuer than the authorization response',
    ...ISSUER,
    file: 'src/identity/id-token.ts',
    text: 'responseIssuer === undefined || iss === responseIssuer',
    instead: 'responseIssuer === undefined || iss !== undefined',
  },
];
