/** An error of B2C's user flows (wire reference I). `{name}` marks are filled in. */
interface UserFlowRow {
  readonly code: number;
  readonly text: string;
  /** Where captures have another OAuth error than the platform's number. */
  readonly error?: string;
}

const NO_SUCH_CLIENT: UserFlowRow = {
  code: 90018,
  text: "The client ID '{client}' specified in the request is not registered in tenant '{tenant}'.",
};
const NO_SUCH_SCOPE: UserFlowRow = {
  code: 90117,
  error: 'invalid_request',
  text: "The scope '{asked}' provided in the request is not supported.",
};
const WRONG_PASSWORD: UserFlowRow = {
  code: 90225,
  error: 'access_denied',
  text: 'The username or password provided in the request are invalid.',
};
const EXPIRED: UserFlowRow = {
  code: 90080,
  text: 'The provided grant has expired. Please re-authenticate and try again. Current time: {now}, Grant issued time: {issued}, Grant expiration time: {expires}',
};

/** What a user flow says instead of one of the platform's numbers. */
export const USER_FLOW_ROWS: Readonly<Record<number, UserFlowRow>> = {
  28000: {
    code: 90146,
    text: "The scope '{scope}' provided in request specifies more than one resource for an access token, which is not supported.",
  },
  50011: {
    code: 90006,
    error: 'redirect_uri_mismatch',
    text: "The redirect URI '{uri}' provided in the request is not registered for the client id '{client}'.",
  },
  50034: WRONG_PASSWORD,
  50126: WRONG_PASSWORD,
  50148: { code: 90183, text: 'The supplied code_verifier is invalid' },
  50173: { code: 90129, text: 'The provided grant has been revoked. Please reauthenticate and try again.' },
  70003: { code: 90086, text: 'The supplied grant_type [{grant}] is not supported.' },
  70005: {
    code: 90013,
    text: "The requested response type '{type}' provided in the request is not supported.",
  },
  70007: {
    code: 90014,
    text: "The requested response mode '{mode}' provided in the request is not supported.",
  },
  70008: EXPIRED,
  70011: NO_SUCH_SCOPE,
  500011: NO_SUCH_SCOPE,
  500113: {
    code: 90007,
    text: "The application associated with client ID '{client}' has no registered redirect URIs.",
  },
  501481: { code: 90182, text: 'The supplied code_verifier does not match associated code_challenge' },
  650053: NO_SUCH_SCOPE,
  700016: NO_SUCH_CLIENT,
  700025: {
    code: 90084,
    text: 'Public clients should not send a client_secret when redeeming a publicly acquired grant.',
  },
  700038: NO_SUCH_CLIENT,
  700054: {
    code: 90057,
    error: 'unauthorized_client',
    text: "The provided application is not configured to allow the 'OAuth' Implicit flow.",
  },
  700082: EXPIRED,
  700084: EXPIRED,
  7000215: {
    code: 90081,
    text: 'The specified client_secret does not match the expected value for this client. Please correct the client_secret and try again.',
  },
  7000218: {
    code: 90079,
    error: 'invalid_request',
    text: 'Clients must send a client_secret when redeeming a confidential grant.',
  },
};

/** The same for what names a parameter: a parameter that is missing (900144), or has a value that it can't have (90023). */
export const USER_FLOW_PARAMETER_ROWS: Readonly<Record<number, Readonly<Record<string, UserFlowRow>>>> = {
  900144: {
    client_id: { code: 90008, text: 'The request does not contain a client ID parameter.' },
    scope: { code: 90010, text: 'The request does not contain a scope parameter.' },
    '': { code: 90083, text: 'The request is missing required parameter: {parameter}.' },
  },
  90023: {
    prompt: {
      code: 90043,
      text: "The prompt included in the request contains invalid values. Expected 'none', 'login', 'consent' or 'select_account'.",
    },
    code_challenge_method: {
      code: 90184,
      text: 'The supplied code_challenge_method is not supported. Supported values are plain or S256',
    },
  },
};

/** What only user flows say. */
export const OWN_USER_FLOW_ROWS = {
  90077: {
    error: 'interaction_required',
    text: "User does not have an existing session and request prompt parameter has a value of 'None'.",
  },
  90088: {
    error: 'invalid_grant',
    text: 'The provided grant has not been issued for this endpoint. Actual Value : {actual} and Expected Value : {expected}',
  },
  90091: { error: 'access_denied', text: 'The user has cancelled entering self-asserted information.' },
  90118: { error: 'access_denied', text: 'The user has forgotten their password.' },
} as const;
