import { z } from 'zod';
import { orError } from '../aadsts/index.ts';
import { authorizationFields, deliver, destinationOf, readTarget } from '../authorize/index.ts';
import { type HttpResponse, headerOf, redirectResponse, unescaped } from '../http/index.ts';
import { issuerOf } from '../tokens/index.ts';
import { type FaultKind, type FaultScene, faultKind } from './fault.ts';

const parameters = z.record(z.string(), z.string());

/** Faults of what the authorization endpoint sends to the app. */
export const AUTHORIZE_FAULTS: readonly FaultKind[] = [
  faultKind(
    'authorize-error',
    z.strictObject({
      error: z.string(),
      error_description: z.string().optional(),
      error_uri: z.string().optional(),
      set: parameters.default({}),
    }),
    ({ set, ...named }) => ({
      replace: (scene) => sendError(scene, { ...named, ...set }),
    }),
  ),
  faultKind(
    'authorize-tamper',
    z.strictObject({ set: parameters.default({}), remove: z.array(z.string()).default([]) }),
    ({ set, remove }) => ({ change: (response) => tampered(response, set, remove) }),
  ),
  faultKind('authorize-issuer', z.strictObject({}), () => ({
    change: (response, scene) => withIssuer(response, scene),
  })),
];

/** Only a request whose redirect URI is good gets an error at the app; another gets the page it would have got. */
function sendError(
  { http, world }: FaultScene,
  error: Readonly<Record<string, string | undefined>>,
): HttpResponse | undefined {
  const { state } = authorizationFields(http);
  return orError<HttpResponse | undefined>(
    () => deliver(destinationOf(readTarget(http, world)), Object.entries({ state, ...error })),
    () => undefined,
  );
}

/** Changes the parameters of a response that carries a code; a page on the way there is left alone. */
function tampered(
  response: HttpResponse,
  set: Readonly<Record<string, string>>,
  remove: readonly string[],
): HttpResponse | undefined {
  if (parametersOf(response)?.has('code') !== true) return undefined;
  return withParameters(response, (found) => {
    for (const [name, value] of Object.entries(set)) found.set(name, value);
    for (const name of remove) found.delete(name);
  });
}

/**
 * Names the issuer in what goes to the app, a code or an error (RFC 9207, section 2): that of the person's tenant, and
 * where nobody is known, the authority's. Microsoft's documents do not say that the real platform does.
 */
function withIssuer(response: HttpResponse, { http, world }: FaultScene): HttpResponse | undefined {
  const parameters = parametersOf(response);
  if (parameters?.has('code') !== true && parameters?.has('error') !== true) return undefined;
  const { authority } = readTarget(http, world);
  const username = world.codes.get(parameters.get('code') ?? '')?.grant.username;
  const account = world.accounts.find((one) => one.username === username);
  const issuer = issuerOf(http.origin, account?.tenantId ?? authority.tenant?.id);
  return withParameters(response, (found) => found.set('iss', issuer));
}

/** Where the parameters of a redirect begin. */
const MARK = /[?#]/;
/** The form that posts itself to the app, with its address, and its fields. */
const FORM = /<form id="answer" method="post" action="([^"]*)">/;
const FIELD = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;

function parametersOf(response: HttpResponse): URLSearchParams | undefined {
  const body = String(response.body);
  const location = headerOf(response, 'Location');
  if (location === '') return FORM.test(body) ? fieldsOf(body) : undefined;
  const mark = location.search(MARK);
  return mark === -1 ? undefined : new URLSearchParams(location.slice(mark + 1));
}

function fieldsOf(page: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of page.matchAll(FIELD))
    fields.append(unescaped(name), unescaped(value));
  return fields;
}

function withParameters(response: HttpResponse, change: (parameters: URLSearchParams) => void): HttpResponse {
  const { Location: _location, ...headers } = response.headers;
  const location = headerOf(response, 'Location');
  const parameters = parametersOf(response) ?? new URLSearchParams();
  change(parameters);
  if (location !== '')
    return redirectResponse(`${location.slice(0, location.search(MARK) + 1)}${parameters}`, headers);
  const [, uri = ''] = FORM.exec(String(response.body)) ?? [];
  const page = deliver({ uri: unescaped(uri), responseMode: 'form_post' }, [...parameters]);
  return { ...response, body: page.body };
}
