import { AADSTS_GRANT_ROWS } from './grant-rows.ts';
import { errorTime, type Incident } from './incident.ts';
import { AADSTS_POLICY_ROWS } from './policy-rows.ts';
import { AADSTS_ROWS, type AadstsRow } from './rows.ts';

/** The numbers the emulator can refuse with by itself. */
type AadstsCode = keyof typeof AADSTS_ROWS | keyof typeof AADSTS_GRANT_ROWS;

const OWN_ROWS: Readonly<Record<AadstsCode, AadstsRow>> = { ...AADSTS_ROWS, ...AADSTS_GRANT_ROWS };

/** Every number with a row, those included that only a fault brings about. */
const ALL_ROWS: Readonly<Record<number, AadstsRow>> = { ...OWN_ROWS, ...AADSTS_POLICY_ROWS };

/** The policy that the `claims` of an error name. */
const POLICY_ID = '7a0c1b52-4d3e-4f6a-8b9c-0d1e2f3a4b5c';

type Details = Readonly<Record<string, string>>;

/** An error of the identity platform, before it is a page, a redirect or a JSON body. */
export class AadstsError extends Error {
  readonly code: number;
  readonly row: AadstsRow;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  /** What its text was filled with. */
  readonly details: Details;
  /** The claims that the next request must satisfy, as JSON text. */
  readonly claims: string | undefined;
  /** The number with its prefix, as descriptions begin. */
  readonly label: string;

  constructor(code: number, row: AadstsRow, details: Details = {}, claims = claimsWanted(row)) {
    super(filled(row.text, details));
    this.code = code;
    this.row = row;
    this.error = row.error;
    this.status = row.status ?? 400;
    this.suberror = row.suberror;
    this.details = details;
    this.claims = claims;
    this.label = `${row.isUserFlow ? 'AADB2C' : 'AADSTS'}${code}`;
  }

  /** The same number with another OAuth error, in other words or with other claims: what it comes with differs by place. */
  with(changes: Partial<Pick<AadstsRow, 'error' | 'text'>>, claims = this.claims): AadstsError {
    return new AadstsError(this.code, { ...this.row, ...changes }, this.details, claims);
  }
}

function claimsWanted({ wants }: AadstsRow): string | undefined {
  if (wants === undefined) return undefined;
  return JSON.stringify({ access_token: { [wants]: { essential: true, values: [POLICY_ID] } } });
}

/** A text with its marks filled in; a mark that nobody knows the value of keeps its name. */
function filled(text: string, details: Details): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => details[name] ?? mark);
}

/** Makes the error with this number; `details` fills the marks of its text. */
export function aadstsError(code: AadstsCode, details: Details = {}): AadstsError {
  return new AadstsError(code, OWN_ROWS[code], details);
}

/** What is answered, or what becomes of the error that refuses it. */
export function orError<Result>(respond: () => Result, fail: (error: AadstsError) => Result): Result {
  try {
    return respond();
  } catch (error) {
    if (error instanceof AadstsError) return fail(error);
    throw error;
  }
}

/** The row of any number that the wire reference has; undefined for another. */
export function rowOf(code: number): AadstsRow | undefined {
  return ALL_ROWS[code];
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

/** The JSON body of an error (wire reference C6). */
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
