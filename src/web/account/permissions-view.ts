import {
  type Frame,
  largePhotoHref,
  loginHref,
  momentOf,
  organisationView,
  PATHS,
  type PageWords,
  personOf,
  scopesHref,
} from '../layout/index.ts';
import type { Translate } from '../words/index.ts';

/** What the app asked for and what it got; never a token. */
export interface PermissionsPage {
  asked: readonly string[];
  granted: readonly string[];
  missing: readonly string[];
  /** In this app, as its owner named them. */
  roles: readonly string[];
  /** When the person signed in. */
  signedInAt?: Date;
  /** When the access token ends. */
  expiresAt?: Date;
}

/** What the better known permissions allow; any other is shown by its name alone. */
const MEANINGS: Readonly<Record<string, string>> = {
  'user.readbasic.all': 'permissions.readBasicAll',
  'user.read': 'permissions.readOwn',
  'user.read.all': 'permissions.readAll',
  openid: 'permissions.openid',
  profile: 'permissions.profile',
  email: 'permissions.email',
  offline_access: 'permissions.offline',
};

/** The permissions page: what was asked for first, then what came on top. */
export function permissionsView({ language, t }: PageWords, frame: Frame, model: PermissionsPage) {
  const { asked, granted, missing, expiresAt } = model;
  const isAsked = new Set(asked.map((scope) => scope.toLowerCase()));
  const more = granted.filter((scope) => !isAsked.has(scope.toLowerCase()));
  const person = frame.person === undefined ? undefined : personOf(t, frame.person);
  return {
    heading: t('permissions.pageHeading'),
    rows: [
      ...missingFirst(asked, missing).map((scope) => ({
        ...rowOf(t, scope, missing.includes(scope) ? 'missing' : 'granted'),
        askHref: missing.includes(scope) ? askHref([scope]) : undefined,
      })),
      ...more.map((scope) => rowOf(t, scope, 'more')),
    ],
    askHref: missing.length === 0 ? undefined : askHref(missing),
    // Where one is missing, its own button asks for it.
    askAll: missing.length > 1,
    expires: momentOf(language, expiresAt),
    roles: model.roles,
    since: momentOf(language, model.signedInAt),
    person,
    photoHref: largePhotoHref(person?.photoHref),
    switchAccountHref: loginHref(PATHS.account, 'select_account'),
    kind: frame.person === undefined ? undefined : t(`kinds.${frame.person.kind}`),
    organisation: frame.person === undefined ? undefined : organisationView(t, frame.person),
  };
}

function missingFirst(asked: readonly string[], missing: readonly string[]): readonly string[] {
  return [
    ...asked.filter((scope) => missing.includes(scope)),
    ...asked.filter((scope) => !missing.includes(scope)),
  ];
}

const askHref = (scopes: readonly string[]): string => scopesHref(scopes, PATHS.account);

const STATES = {
  granted: 'permissions.granted',
  missing: 'permissions.missing',
  more: 'permissions.more',
} as const;

function rowOf(t: Translate, scope: string, state: keyof typeof STATES) {
  const meaning = MEANINGS[scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()];
  return { scope, state, stateText: t(STATES[state]), meaning: meaning === undefined ? '' : t(meaning) };
}
