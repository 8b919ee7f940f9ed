/** Who can put something right. `time`: it passes by itself. */
export type Who = 'you' | 'administrator' | 'developer' | 'time';

/** What a page offers to do; each is a button or a link. */
export type Action =
  | 'copyMessage'
  | 'giveConsent'
  | 'signInAgain'
  | 'tryAgain'
  | 'otherAccount'
  | 'signOut'
  | 'people'
  | 'home'
  | 'staySignedIn';

/** A place in the admin center, as `places.*` in the catalogues. */
export type Place =
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

/** What the platform's code adds to a failure: who can act, the buttons, and where in the admin center. */
interface Topic {
  /** `AADSTS…` numbers and Graph error codes that mean this. */
  codes: readonly string[];
  who: Who;
  /** The first is the one that the words name. */
  actions: readonly Action[];
  place?: Place;
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
 * The dictionary of codes. Their meanings come from Microsoft's pages "Microsoft Entra authentication and
 * authorization error codes" and "Microsoft Graph error responses and resource types". The emulator has a table of its
 * own, of what the platform writes on the wire, so that the two can disagree.
 */
const TABLE = {
  severalAccounts: { codes: ['AADSTS16000', 'AADSTS16001'], who: 'you', actions: OTHER },
  unknownUser: { codes: ['AADSTS50034'], who: 'you', actions: OTHER },
  locked: { codes: ['AADSTS50053'], who: 'time', actions: AGAIN },
  passwordExpired: { codes: ['AADSTS50055', 'AADSTS50144'], who: 'you', actions: AGAIN },
  wrongPassword: { codes: ['AADSTS50056', 'AADSTS50064', 'AADSTS50126'], who: 'you', actions: AGAIN },
  nobodySignedIn: { codes: ['AADSTS50058'], who: 'you', actions: AGAIN },
  secondStepToSetUp: { codes: ['AADSTS50072', 'AADSTS50079'], who: 'you', actions: AGAIN },
  secondStep: { codes: ['AADSTS50074', 'AADSTS50076', 'AADSTS50078'], who: 'you', actions: AGAIN },
  signInRevoked: { codes: ['AADSTS50132', 'AADSTS50133', 'AADSTS50173'], who: 'you', actions: AGAIN },
  answerUsed: { codes: ['AADSTS54005'], who: 'you', actions: AGAIN },
  declined: { codes: ['AADSTS65004'], who: 'you', actions: AGAIN },
  signInTooOld: {
    codes: ['AADSTS70000', 'AADSTS70008', 'AADSTS700081', 'AADSTS700082', 'AADSTS700084'],
    who: 'you',
    actions: AGAIN,
  },
  signInFrequency: { codes: ['AADSTS70043'], who: 'you', actions: AGAIN },
  otherSignIn: { codes: ['AADSTS50148', 'AADSTS501481'], who: 'you', actions: AGAIN },
  otherOrganisation: { codes: ['AADSTS700005'], who: 'you', actions: OTHER },
  personalNotAllowed: { codes: ['AADSTS500200'], who: 'you', actions: OTHER },
  wrongKind: { codes: ['AADSTS500208'], who: 'you', actions: OTHER },
  notInTenant: {
    codes: ['AADSTS16003', 'AADSTS50014', 'AADSTS50020', 'AADSTS51004', 'AADSTS90072'],
    who: 'administrator',
    actions: OTHER,
    place: 'users',
  },
  disabled: { codes: ['AADSTS50057'], who: 'administrator', actions: ASK_OR_OTHER, place: 'users' },
  notAssigned: {
    codes: ['AADSTS50105'],
    who: 'administrator',
    actions: ASK_OR_OTHER,
    place: 'usersAndGroups',
  },
  deviceNotCompliant: {
    codes: ['AADSTS53000'],
    who: 'administrator',
    actions: ASK_OR_AGAIN,
    place: 'devices',
  },
  deviceNotJoined: {
    codes: ['AADSTS50097', 'AADSTS50129', 'AADSTS53001'],
    who: 'administrator',
    actions: ASK_OR_AGAIN,
    place: 'devices',
  },
  appNotApproved: {
    codes: ['AADSTS53002'],
    who: 'administrator',
    actions: ASK_OR_OTHER,
    place: 'conditionalAccess',
  },
  blockedByPolicy: {
    codes: ['AADSTS50131', 'AADSTS53003', 'AADSTS53011', 'AADSTS530034', 'AADSTS530035'],
    who: 'administrator',
    actions: ASK_OR_AGAIN,
    place: 'conditionalAccess',
  },
  setUpBlocked: {
    codes: ['AADSTS53004', 'AADSTS53010'],
    who: 'administrator',
    actions: ASK_OR_AGAIN,
    place: 'signInLogs',
  },
  noConsent: { codes: ['AADSTS65001'], who: 'you', actions: AGAIN, place: 'grantedPermissions' },
  adminConsent: {
    codes: ['AADSTS90093', 'AADSTS90094', 'AADSTS90095'],
    who: 'administrator',
    actions: ASK_OR_AGAIN,
    place: 'grantedPermissions',
  },
  serviceNotInTenant: {
    codes: ['AADSTS500011', 'AADSTS650052', 'AADSTS650054'],
    who: 'administrator',
    actions: ASK,
    place: 'permissions',
  },
  appUnknown: {
    codes: ['AADSTS700011', 'AADSTS700016', 'AADSTS7000229'],
    who: 'developer',
    actions: ASK_OR_OTHER,
    place: 'overview',
  },
  appDisabled: {
    codes: ['AADSTS70001', 'AADSTS7000112'],
    who: 'administrator',
    actions: ASK_OR_OTHER,
    place: 'appProperties',
  },
  redirectUri: {
    codes: ['AADSTS50011', 'AADSTS70004'],
    who: 'developer',
    actions: ASK,
    place: 'redirectUris',
  },
  noRedirectUri: {
    codes: ['AADSTS500113', 'AADSTS900971'],
    who: 'developer',
    actions: ASK,
    place: 'redirectUris',
  },
  authorityHost: { codes: ['AADSTS50049'], who: 'developer', actions: ASK, place: 'overview' },
  singleTenant: { codes: ['AADSTS50194'], who: 'developer', actions: ASK, place: 'accountTypes' },
  personalOnly: { codes: ['AADSTS9002331'], who: 'developer', actions: ASK, place: 'accountTypes' },
  workOnly: { codes: ['AADSTS9002332'], who: 'developer', actions: OTHER, place: 'accountTypes' },
  tenantUnknown: {
    codes: ['AADSTS90002', 'AADSTS900023'],
    who: 'developer',
    actions: ASK,
    place: 'overview',
  },
  loop: { codes: ['AADSTS50196'], who: 'developer', actions: ['home', 'signInAgain'], place: 'signInLogs' },
  secretWrong: { codes: ['AADSTS7000215', 'AADSTS70002'], who: 'developer', actions: ASK, place: 'secrets' },
  secretExpired: { codes: ['AADSTS7000222'], who: 'developer', actions: ASK, place: 'secrets' },
  noCredential: {
    codes: ['AADSTS7000216', 'AADSTS7000218'],
    who: 'developer',
    actions: ASK,
    place: 'secrets',
  },
  publicClient: { codes: ['AADSTS700025'], who: 'developer', actions: ASK, place: 'platforms' },
  singlePage: { codes: ['AADSTS9002327'], who: 'developer', actions: ASK, place: 'platforms' },
  certificate: {
    codes: ['AADSTS50012', 'AADSTS700027', 'AADSTS700030'],
    who: 'developer',
    actions: ASK,
    place: 'certificates',
  },
  assertionTime: { codes: ['AADSTS700024'], who: 'developer', actions: ASK },
  federatedToken: {
    codes: ['AADSTS70021', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213'],
    who: 'developer',
    actions: ASK,
    place: 'federatedCredentials',
  },
  scopeInvalid: {
    codes: ['AADSTS28002', 'AADSTS28003', 'AADSTS650053', 'AADSTS70011', 'AADSTS1002012'],
    who: 'developer',
    actions: ASK,
    place: 'permissions',
  },
  severalServices: {
    codes: ['AADSTS28000', 'AADSTS901002', 'AADSTS9010010'],
    who: 'developer',
    actions: ASK,
    place: 'permissions',
  },
  permissionNotListed: {
    codes: ['AADSTS65005', 'AADSTS650056', 'AADSTS650057'],
    who: 'developer',
    actions: ASK,
    place: 'permissions',
  },
  grantNotAllowed: {
    codes: ['AADSTS70003', 'AADSTS90010', 'AADSTS9001023'],
    who: 'developer',
    actions: ASK,
    place: 'accountTypes',
  },
  malformed: {
    codes: ['AADSTS90014', 'AADSTS900144', 'AADSTS9002313'],
    who: 'developer',
    actions: ['signInAgain', 'home'],
  },
  serviceDown: {
    codes: [
      ...['AADSTS50033', 'AADSTS50087', 'AADSTS70012', 'AADSTS90006', 'AADSTS90012', 'AADSTS90024'],
      ...['AADSTS90033', 'serviceNotAvailable', 'UnknownError', 'generalException'],
    ],
    who: 'time',
    actions: WAIT,
  },
  slowDown: {
    codes: ['AADSTS90055', 'TooManyRequests', 'activityLimitReached'],
    who: 'time',
    actions: WAIT,
  },
  tokenRefused: {
    codes: ['InvalidAuthenticationToken', 'unauthenticated'],
    who: 'you',
    actions: ['signOut', 'otherAccount'],
  },
  notPermitted: {
    codes: ['Authorization_RequestDenied', 'accessDenied', 'ErrorAccessDenied'],
    who: 'administrator',
    actions: ASK_OR_OTHER,
    place: 'grantedPermissions',
  },
  noIdentity: {
    codes: ['Authorization_IdentityNotFound'],
    who: 'developer',
    actions: ASK_OR_OTHER,
    place: 'accountTypes',
  },
  questionRefused: {
    codes: ['BadRequest', 'Request_BadRequest', 'invalidRequest'],
    who: 'developer',
    actions: PEOPLE,
  },
  questionUnsupported: {
    codes: ['Request_UnsupportedQuery', 'notSupported'],
    who: 'developer',
    actions: PEOPLE,
  },
  pageExpired: { codes: ['Directory_ExpiredPageToken'], who: 'you', actions: PEOPLE },
  gone: {
    codes: ['Request_ResourceNotFound', 'ResourceNotFound', 'itemNotFound'],
    who: 'you',
    actions: PEOPLE,
  },
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
