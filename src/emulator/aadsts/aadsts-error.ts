import { AADSTS_GRANT_ROWS } from './grant-rows.ts';
import { errorTime, type Incident } from './incident.ts';
import { AADSTS_POLICY_ROWS } from './policy-rows.ts';
import { AADSTS_ROWS, type AadstsRow } from './rows.ts';

/** The numbers the emulator can refuse with by itself. */
type AadstsCode = keyof typeof AADSTS_ROWS | keyof typeof AADSTS_GRANT_ROWS;

const OWN_ROWS: Readonly<Record<AadstsCode, AadstsRow>> = { ...AADSTS_ROWS, ...AADSTS_GRANT_ROWS };

/** Every number with a row, those included that only a fault brings about. */
const ALL_ROWS: Readonly<Record<number, AadstsRow>> = { ...OWN_ROWS, ...AADSTS_POLICY_ROWS };

/** The policy that the `claims` of a aadstsError name. */
const POLICY_ID = '7a0c1b52-4d3e-4f6a-8b9c-0d1e2f3a4b5c';

/** A aadstsError by the identity platform, before it is a page, a redirect or a JSON body. */
export class AadstsError extends Error {
  readonly code: number;
  readonly row: AadstsRow;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  /** The claims that the next request must satisfy, as JSON text. */
  readonly claims: string | undefined;
  /** The number with its prefix, as descriptions begin. */
  readonly label: string;
  /** What its text was filled with. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    code: number,
    row: AadstsRow,
    text: string,
    claims = claimsWanted(row),
    details: AadstsError['details'] = {},
  ) {
    super(text);
    this.code = code;
    this.row = row;
    this.error = row.error;
    this.status = row.status ?? 400;
    this.suberror = row.suberror;
    this.claims = claims;
    this.label = `${row.isUserFlow ? 'AADB2C' : 'AADSTS'}${code}`;
    this.details = details;
  }
}

function claimsWanted({ wants }: AadstsRow): string | undefined {
  if (wants === undefined) return undefined;
  return JSON.stringify({ access_token: { [wants]: { essential: true, values: [POLICY_ID] } } });
}

/** Makes the aadstsError with this number; `details` fills the marks of its text. */
export function aadstsError(code: AadstsCode, details: Readonly<Record<string, string>> = {}): AadstsError {
  const row = OWN_ROWS[code];
  return new AadstsError(code, row, filled(row.text, details), claimsWanted(row), details);
}

/** The row of any number that the wire reference has; undefined for another. */
export function rowOf(code: number): AadstsRow | undefined {
  return ALL_ROWS[code];
}

/** A text with its marks filled in; a mark that nobody knows the value of keeps its name. */
export function filled(text: string, details: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => details[name] ?? mark);
}

/** The same error under another OAuth error: some numbers come with different ones at different endpoints. */
export function withOAuthError(failure: AadstsError, error: string): AadstsError {
  return new AadstsError(failure.code, { ...failure.row, error }, failure.message, failure.claims);
}

/** The same error with the claims that the next request must satisfy. */
export function wanting(error: AadstsError, claims: unknown): AadstsError {
  return new AadstsError(error.code, error.row, error.message, JSON.stringify(claims));
}

/** The same error in other words: some numbers say different things to different people. */
export function reworded(error: AadstsError, text: string): AadstsError {
  return new AadstsError(error.code, error.row, text, error.claims);
}

/** The description in a redirect has lines, in a JSON body spaces (wire reference B5, C6). */
export function errorDescription(error: AadstsError, incident: Incident, separator: '\r\n' | ' '): string {
  const [first, ...ends] = [
    `${error.label}: ${error.message}`,
    `Correlation ID: ${incident.correlationId}`,
    `Timestamp: ${errorTime(incident.timeMs)}`,
  ];
  if (error.row.isUserFlow) return [first, ...ends, ''].join('\r\n');
  return [first, `Trace ID: ${incident.traceId}`, ...ends].join(separator);
}

/** Where the real platform explains an error; undefined where it does not (wire reference K1). */
export function errorUri({ code, row }: AadstsError): string | undefined {
  return row.hasUri === false || row.isUserFlow
    ? undefined
    : `https://login.microsoftonline.com/error?code=${code}`;
}

/** The JSON body of a aadstsError (wire reference C6). */
export function errorBody(error: AadstsError, incident: Incident): Record<string, unknown> {
  const told = { error: error.error, error_description: errorDescription(error, incident, ' ') };
  if (error.row.isUserFlow) return told;
  return {
    ...told,
    error_codes: [error.code],
    timestamp: errorTime(incident.timeMs),
    trace_id: incident.traceId,
    correlation_id: incident.correlationId,
    ...(error.row.hasUri === false ? {} : { error_uri: errorUri(error) }),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  };
}
