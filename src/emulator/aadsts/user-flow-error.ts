import { AadstsError } from './aadsts-error.ts';
import { OWN_USER_FLOW_ROWS, USER_FLOW_PARAMETER_ROWS, USER_FLOW_ROWS } from './user-flow-rows.ts';

/** Makes the error that only user flows have, with this number. */
export function userFlowError(
  code: keyof typeof OWN_USER_FLOW_ROWS,
  details: Readonly<Record<string, string>> = {},
): AadstsError {
  return new AadstsError(code, { ...OWN_USER_FLOW_ROWS[code], isUserFlow: true }, details);
}

/** The error in the words of a user flow, where the request came to one and its documents name one. */
export function inWordsOf(policy: string, error: AadstsError): AadstsError {
  const { code, details } = error;
  const byParameter = USER_FLOW_PARAMETER_ROWS[code];
  const row = USER_FLOW_ROWS[code] ?? byParameter?.[details.parameter ?? ''] ?? byParameter?.[''];
  if (policy === '' || row === undefined || error.row.isUserFlow === true) return error;
  const { text } = row;
  return new AadstsError(row.code, { error: row.error ?? error.error, text, isUserFlow: true }, details);
}
