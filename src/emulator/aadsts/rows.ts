/** How one AADSTS error looks on the wire: section B6 and C6 of the wire reference. `{name}` marks are filled in. */
export interface AadstsRow {
  readonly error: string;
  readonly text: string;
  readonly status?: number | undefined;
  readonly suberror?: string | undefined;
  /** Which policy member the `claims` of the error ask for: what the next sign-in has to satisfy. */
  readonly wants?: 'capolids' | 'polids' | undefined;
  /** Shown to the person although the app could be told (section B6); `prompt=none` shows nothing to anybody. */
  readonly page?: true | undefined;
  /** Whether the platform's page of errors has it, so that `error_uri` leads there; it mostly does (section K1). */
  readonly hasUri?: false | undefined;
  /** Of a user flow of B2C: its number has another prefix, and its description fewer lines (wire reference I). */
  readonly isUserFlow?: true | undefined;
}

/** The errors by number; a status not given is 400. */
export const AADSTS_ROWS = {
  28000: {
    error: 'invalid_request',
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is not valid.',
  },
  50011: {
    error: 'invalid_client',
    text: "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application '{client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.",
  },
  50020: {
    error: 'access_denied',
    page: true,
    text: "User account '{user}' from identity provider '{idp}' does not exist in tenant '{tenant}' and cannot access the application '{client}' in that tenant.",
  },
  50049: { error: 'invalid_instance', text: 'Unknown or invalid instance.' },
  50057: { error: 'invalid_grant', page: true, text: 'The user account is disabled.' },
  50058: {
    error: 'login_required',
    text: 'A silent sign-in request was sent but no user is signed in.',
  },
  50105: {
    error: 'interaction_required',
    page: true,
    text: "Your administrator has configured the application {name} ('{client}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{user}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
  },
  50173: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{validFrom}'.",
  },
  50194: {
    error: 'invalid_request',
    text: "Application '{client}'({name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  },
  54005: {
    error: 'invalid_grant',
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  65001: {
    error: 'invalid_grant',
    suberror: 'consent_required',
    text: "The user or administrator has not consented to use the application with ID '{client}' named '{name}'. Send an interactive authorization request for this user and resource.",
  },
  65004: { error: 'access_denied', text: 'User declined to consent to access the app.' },
  650053: {
    error: 'invalid_client',
    hasUri: false,
    text: "The application '{name}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app vendor.",
  },
  650057: {
    error: 'invalid_resource',
    text: "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {client}({name}). Resource value from request: {resource}. Resource app ID: {appId}.",
  },
  70000: { error: 'invalid_grant', text: 'Provided grant is invalid or malformed.' },
  70003: {
    error: 'unsupported_grant_type',
    hasUri: false,
    text: "The app requested an unsupported grant type '{grant}'.",
  },
  70007: {
    error: 'unsupported_response_mode',
    text: "'{mode}' is not a supported value of 'response_mode' when requesting a token.",
  },
  70008: {
    error: 'invalid_grant',
    text: 'The provided authorization code or refresh token has expired. Send a new interactive authorization request for this user and resource.',
  },
  70011: {
    error: 'invalid_scope',
    text: "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  },
  70016: {
    error: 'authorization_pending',
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  70018: { error: 'bad_verification_code', text: 'Invalid verification code.' },
  70019: { error: 'expired_token', text: 'Verification code expired.' },
  90002: {
    error: 'invalid_tenant',
    text: "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  },
  90015: { error: 'invalid_request', text: 'The query string is too long.' },
  90023: {
    error: 'invalid_request',
    text: "The value of the input parameter '{parameter}' is not valid.",
  },
  90094: {
    error: 'access_denied',
    text: 'The grant requires administrator permission: {name} asks for permissions that only an administrator can grant.',
  },
  16000: {
    error: 'interaction_required',
    text: 'Several people are signed in; one of them has to be chosen.',
  },
  50148: {
    error: 'invalid_grant',
    text: 'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
  },
  90010: {
    error: 'invalid_request',
    text: 'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
  },
  500011: {
    error: 'invalid_resource',
    text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  500113: { error: 'invalid_request', text: 'No reply address is registered for the application.' },
  500200: {
    error: 'access_denied',
    page: true,
    text: "User account '{user}' is a personal Microsoft account. Personal Microsoft accounts are not supported here.",
  },
  500208: {
    error: 'access_denied',
    page: true,
    text: 'The domain is not a valid login domain for the account type.',
  },
  501481: {
    error: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  700005: {
    error: 'invalid_grant',
    text: 'The provided authorization code is intended to use against other tenant, thus rejected.',
  },
  501051: {
    error: 'invalid_grant',
    text: "Application '{client}'({name}) is not assigned to a role for the application '{appId}'({resource}).",
  },
  700016: {
    error: 'unauthorized_client',
    text: "Application with identifier '{client}' was not found in the directory '{tenant}'.",
  },
  700025: {
    error: 'invalid_client',
    status: 401,
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700027: {
    error: 'invalid_client',
    status: 401,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}]',
  },
  70005: {
    error: 'unsupported_response_type',
    text: "The app asked for a response type that is not supported: '{type}'.",
  },
  700038: {
    error: 'unauthorized_client',
    hasUri: false,
    text: '{client} is not a valid application identifier.',
  },
  700051: {
    error: 'unsupported_response_type',
    text: "response_type 'token' is not enabled for the application.",
  },
  700054: {
    error: 'unsupported_response_type',
    text: "response_type 'id_token' is not enabled for the application.",
  },
  700082: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: 'The refresh token has expired due to inactivity.',
  },
  700084: {
    error: 'invalid_grant',
    text: 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.',
  },
  900144: {
    error: 'invalid_request',
    text: "The request body must contain the following parameter: '{parameter}'.",
  },
  900561: {
    error: 'invalid_request',
    text: 'The endpoint only accepts POST requests. Received a GET request.',
  },
  900971: { error: 'invalid_request', text: 'No reply address provided.' },
  900023: {
    error: 'invalid_request',
    text: "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  },
  7000215: {
    error: 'invalid_client',
    status: 401,
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.",
  },
  7000216: {
    error: 'invalid_client',
    status: 401,
    text: "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  },
  7000218: {
    error: 'invalid_client',
    status: 401,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    error: 'invalid_client',
    status: 401,
    text: "The provided client secret keys for app '{client}' are expired. Create new keys for your app.",
  },
  7000229: {
    error: 'unauthorized_client',
    text: 'The client application {client} is missing service principal in the tenant {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119.',
  },
  9000411: {
    error: 'invalid_request',
    text: "The request is not properly formatted. The parameter '{parameter}' is duplicated.",
  },
  9010010: {
    error: 'invalid_resource',
    text: "The resource parameter provided in the request doesn't match with the requested scopes.",
  },
  9002313: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: 'Invalid request. Request is malformed or invalid.',
  },
  9002326: {
    error: 'invalid_request',
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'.",
  },
  9002327: {
    error: 'invalid_request',
    text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  },
  9002332: {
    error: 'invalid_request',
    text: "Application '{client}'({name}) is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request.",
  },
  9002346: {
    error: 'invalid_request',
    text: "Application '{client}'({name}) is configured for use by personal accounts only. Please use the /consumers endpoint to serve this request.",
  },
} as const satisfies Record<number, AadstsRow>;
