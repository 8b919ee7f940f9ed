/** Who can put something right. `time`: it passes by itself. */
type Who = 'you' | 'administrator' | 'developer' | 'time';

/** What a page offers to do; each is a button or a link. */
export type Action =
  | 'copyMessage'
  | 'giveConsent'
  | 'signInAgain'
  | 'goBack'
  | 'tryAgain'
  | 'otherAccount'
  | 'signOut'
  | 'people'
  | 'home'
  | 'staySignedIn';

/** A place in the admin center, as `places.*` in the catalogues. */
type Place =
  | 'accountTypes'
  | 'redirectUris'
  | 'platforms'
  | 'secrets'
  | 'certificates'
  | 'federatedCredentials'
  | 'appProperties'
  | 'permissions'
  | 'overview'
  | 'usersAndGroups'
  | 'grantedPermissions'
  | 'signInLogs'
  | 'users'
  | 'guests'
  | 'conditionalAccess'
  | 'devices';

/** Who can put a failure right, and what its page offers; the first action is the one to take. */
export interface Remedy {
  who: Who;
  actions: readonly Action[];
  /** Where in the admin center, for the person who is asked. */
  place?: Place;
}

/** What the platform's code says of a failure. */
interface Topic extends Remedy {
  /** `AADSTS…` numbers and Graph error codes that mean this. */
  codes: readonly string[];
}

const AGAIN: readonly Action[] = ['signInAgain', 'otherAccount', 'home'];
const OTHER: readonly Action[] = ['otherAccount', 'home'];
/** Nobody but whom the message is for can do something. */
export const ASK: readonly Action[] = ['copyMessage', 'home'];
const ASK_OR_AGAIN: readonly Action[] = ['copyMessage', 'signInAgain', 'otherAccount', 'home'];
export const ASK_OR_OTHER: readonly Action[] = ['copyMessage', 'otherAccount', 'home'];
const WAIT: readonly Action[] = ['tryAgain', 'home'];
const PEOPLE: readonly Action[] = ['people', 'home'];

/**
 * Declares an entry.
 * @param codes with spaces between them; a number is one of `AADSTS…`
 * @param actions the first is the one that the words name
 */
function topic(codes: string, who: Who, actions: readonly Action[], place?: Place): Topic {
  const named = codes.split(' ').map((code) => (/^\d/.test(code) ? `AADSTS${code}` : code));
  return { codes: named, who, actions, ...(place === undefined ? {} : { place }) };
}

/**
 * The dictionary of codes. Their meanings come from Microsoft's pages "Microsoft Entra authentication and
 * authorization error codes" and "Microsoft Graph error responses and resource types". The emulator has a table of its
 * own, of what the platform writes on the wire, so that the two can disagree.
 */
const TABLE = {
  severalAccounts: topic('16000 16001', 'you', OTHER),
  unknownUser: topic('50034', 'you', OTHER),
  locked: topic('50053', 'time', AGAIN),
  passwordExpired: topic('50055 50144', 'you', AGAIN),
  wrongPassword: topic('50056 50064 50126', 'you', AGAIN),
  nobodySignedIn: topic('50058', 'you', AGAIN),
  secondStepToSetUp: topic('50072 50079', 'you', AGAIN),
  secondStep: topic('50074 50076 50078', 'you', AGAIN),
  signInRevoked: topic('50132 50133 50173', 'you', AGAIN),
  answerUsed: topic('54005', 'you', AGAIN),
  declined: topic('65004', 'you', AGAIN),
  signInTooOld: topic('70000 70008 700081 700082 700084', 'you', AGAIN),
  signInFrequency: topic('70043', 'you', AGAIN),
  otherSignIn: topic('50148 501481', 'you', AGAIN),
  otherOrganisation: topic('700005', 'you', OTHER),
  personalNotAllowed: topic('500200', 'you', OTHER),
  wrongKind: topic('500208', 'you', OTHER),
  notInTenant: topic('16003 50014 50020 51004 90072', 'administrator', OTHER, 'users'),
  disabled: topic('50057', 'administrator', ASK_OR_OTHER, 'users'),
  notAssigned: topic('50105', 'administrator', ASK_OR_OTHER, 'usersAndGroups'),
  deviceNotCompliant: topic('53000', 'administrator', ASK_OR_AGAIN, 'devices'),
  deviceNotJoined: topic('50097 50129 53001', 'administrator', ASK_OR_AGAIN, 'devices'),
  appNotApproved: topic('53002', 'administrator', ASK_OR_OTHER, 'conditionalAccess'),
  blockedByPolicy: topic(
    '50131 53003 53011 530034 530035',
    'administrator',
    ASK_OR_AGAIN,
    'conditionalAccess',
  ),
  setUpBlocked: topic('53004 53010', 'administrator', ASK_OR_AGAIN, 'signInLogs'),
  noConsent: topic('65001', 'you', AGAIN, 'grantedPermissions'),
  adminConsent: topic('90093 90094 90095', 'administrator', ASK_OR_AGAIN, 'grantedPermissions'),
  serviceNotInTenant: topic('500011 650052 650054', 'administrator', ASK, 'permissions'),
  appUnknown: topic('700011 700016 7000229', 'developer', ASK_OR_OTHER, 'overview'),
  appDisabled: topic('70001 7000112', 'administrator', ASK_OR_OTHER, 'appProperties'),
  redirectUri: topic('50011 70004', 'developer', ASK, 'redirectUris'),
  noRedirectUri: topic('500113 900971', 'developer', ASK, 'redirectUris'),
  authorityHost: topic('50049', 'developer', ASK, 'overview'),
  singleTenant: topic('50194', 'developer', ASK, 'accountTypes'),
  personalOnly: topic('9002331', 'developer', ASK, 'accountTypes'),
  workOnly: topic('9002332', 'developer', OTHER, 'accountTypes'),
  tenantUnknown: topic('90002 900023', 'developer', ASK, 'overview'),
  loop: topic('50196', 'developer', ['home', 'signInAgain'], 'signInLogs'),
  secretWrong: topic('7000215 70002', 'developer', ASK, 'secrets'),
  secretExpired: topic('7000222', 'developer', ASK, 'secrets'),
  noCredential: topic('7000216 7000218', 'developer', ASK, 'secrets'),
  publicClient: topic('700025', 'developer', ASK, 'platforms'),
  singlePage: topic('9002327', 'developer', ASK, 'platforms'),
  certificate: topic('50012 700027 700030', 'developer', ASK, 'certificates'),
  assertionTime: topic('700024', 'developer', ASK),
  federatedToken: topic('70021 700211 700212 700213', 'developer', ASK, 'federatedCredentials'),
  scopeInvalid: topic('28002 28003 650053 70011 1002012', 'developer', ASK, 'permissions'),
  severalServices: topic('28000 901002 9010010', 'developer', ASK, 'permissions'),
  permissionNotListed: topic('65005 650056 650057', 'developer', ASK, 'permissions'),
  grantNotAllowed: topic('70003 90010 9001023', 'developer', ASK, 'accountTypes'),
  malformed: topic('90014 900144 9002313', 'developer', ['signInAgain', 'home']),
  serviceDown: topic(
    '50033 50087 70012 90006 90012 90024 90033 serviceNotAvailable UnknownError generalException',
    'time',
    WAIT,
  ),
  slowDown: topic('90055 TooManyRequests activityLimitReached', 'time', WAIT),
  tokenRefused: topic('InvalidAuthenticationToken unauthenticated', 'you', ['signOut', 'otherAccount']),
  notPermitted: topic(
    'Authorization_RequestDenied accessDenied ErrorAccessDenied',
    'administrator',
    ASK_OR_OTHER,
    'grantedPermissions',
  ),
  noIdentity: topic('Authorization_IdentityNotFound', 'developer', ASK_OR_OTHER, 'accountTypes'),
  questionRefused: topic('BadRequest Request_BadRequest invalidRequest', 'developer', PEOPLE),
  questionUnsupported: topic('Request_UnsupportedQuery notSupported', 'developer', PEOPLE),
  pageExpired: topic('Directory_ExpiredPageToken', 'you', PEOPLE),
  gone: topic('Request_ResourceNotFound ResourceNotFound itemNotFound', 'you', PEOPLE),
} satisfies Readonly<Record<string, Topic>>;

/** The name of an entry of the dictionary, as `topics.*` in the catalogues. */
export type TopicName = keyof typeof TABLE;

/** The dictionary, by name. */
export const TOPICS: Readonly<Record<TopicName, Topic>> = TABLE;

const NAMES = Object.keys(TABLE) as TopicName[];
const NAME_OF_CODE = new Map<string, TopicName>(
  NAMES.flatMap((name) => TOPICS[name].codes.map((code) => [code.toLowerCase(), name] as const)),
);

/** The codes that the dictionary knows. */
export const KNOWN_CODES: readonly string[] = NAMES.flatMap((name) => TOPICS[name].codes);

/** Finds a code in the dictionary; `65001` and `AADSTS65001` are the same. */
export function topicOfCode(code: string | undefined): TopicName | undefined {
  if (code === undefined) return undefined;
  return NAME_OF_CODE.get((/^\d+$/.test(code) ? `AADSTS${code}` : code).toLowerCase());
}
