import { AADSTS_POLICY_ROWS } from './aadsts-policy-rows.ts';
import { AADSTS_ROWS, type AadstsRow } from './aadsts-rows.ts';

/** The numbers the stand-in can refuse with by itself. */
export type AadstsCode = keyof typeof AADSTS_ROWS;

/** Every number with a row, those included that only a fault brings about. */
const ALL_ROWS: Readonly<Record<number, AadstsRow>> = { ...AADSTS_ROWS, ...AADSTS_POLICY_ROWS };

/** The policy that the `claims` of a refusal name. */
const POLICY_ID = '7a0c1b52-4d3e-4f6a-8b9c-0d1e2f3a4b5c';

/** A refusal by the identity platform, before it is a page, a redirect or a JSON body. */
export class AadstsError extends Error {
  readonly code: number;
  readonly row: AadstsRow;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  /** The claims that the next request must satisfy, as JSON text. */
  readonly claims: string | undefined;

  constructor(code: number, row: AadstsRow, text: string, claims = claimsWanted(row)) {
    super(text);
    this.code = code;
    this.row = row;
    this.error = row.error;
    this.status = row.status ?? 400;
    this.suberror = row.suberror;
    this.claims = claims;
  }
}

function claimsWanted({ wants }: AadstsRow): string | undefined {
  if (wants === undefined) return undefined;
  return JSON.stringify({ access_token: { [wants]: { essential: true, values: [POLICY_ID] } } });
}

/** Makes the refusal with this number; `details` fills the marks of its text. */
export function refusal(code: AadstsCode, details: Readonly<Record<string, string>> = {}): AadstsError {
  const row: AadstsRow = AADSTS_ROWS[code];
  return new AadstsError(code, row, filled(row.text, details));
}

/** The row of any number that the wire reference has; undefined for another. */
export function rowOf(code: number): AadstsRow | undefined {
  return ALL_ROWS[code];
}

/** A text with its marks filled in; a mark that nobody knows the value of keeps its name. */
export function filled(text: string, details: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => details[name] ?? mark);
}

/** The same refusal under another OAuth error: some numbers come with different ones at different endpoints. */
export function asError(refused: AadstsError, error: string): AadstsError {
  return new AadstsError(refused.code, { ...refused.row, error }, refused.message, refused.claims);
}

/** The same refusal in other words: some numbers say different things to different people. */
export function reworded(refused: AadstsError, text: string): AadstsError {
  return new AadstsError(refused.code, refused.row, text, refused.claims);
}

/** When and under which ids something was refused. */
export interface Incident {
  readonly timeMs: number;
  readonly traceId: string;
  readonly correlationId: string;
}

/** Error time stamps have the form `yyyy-MM-dd HH:mm:ssZ` (wire reference C6). */
export function errorTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** The description in a redirect has lines, in a JSON body spaces (wire reference B5, C6). */
export function describeRefusal(refused: AadstsError, incident: Incident, separator: '\r\n' | ' '): string {
  return [
    `AADSTS${refused.code}: ${refused.message}`,
    `Trace ID: ${incident.traceId}`,
    `Correlation ID: ${incident.correlationId}`,
    `Timestamp: ${errorTime(incident.timeMs)}`,
  ].join(separator);
}

/** Where the real platform explains a number. */
export function errorUri(code: number): string {
  return `https://login.microsoftonline.com/error?code=${code}`;
}

/** The JSON body of a refusal (wire reference C6). */
export function refusalBody(refused: AadstsError, incident: Incident): Record<string, unknown> {
  return {
    error: refused.error,
    error_description: describeRefusal(refused, incident, ' '),
    error_codes: [refused.code],
    timestamp: errorTime(incident.timeMs),
    trace_id: incident.traceId,
    correlation_id: incident.correlationId,
    error_uri: errorUri(refused.code),
    ...(refused.suberror === undefined ? {} : { suberror: refused.suberror }),
    ...(refused.claims === undefined ? {} : { claims: refused.claims }),
  };
}
