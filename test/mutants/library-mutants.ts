import type { Mutant } from './mutant.ts';

/** One for each defence of the library's own. */
export const LIBRARY_MUTANTS: readonly Mutant[] = [
  {
    defect: 'a route that asks for fresh groups judges by those of five minutes ago',
    file: 'src/sign-in/group-overage.ts',
    text: 'const known = fresh ? undefined : kept.get(session.sid);',
    instead: 'const known = fresh && !fresh ? undefined : kept.get(session.sid);',
    tests: ['sign-in/who-may'],
    only: 'freshRoles',
  },
  {
    defect: 'a listener that throws fails the sign-in that it is told of',
    file: 'src/sign-in/events.ts',
    text: '(async () => onEvent(event))().catch(',
    instead: 'Promise.resolve(onEvent(event)).catch(',
    tests: ['sign-in/events'],
    only: 'a listener that fails',
  },
  {
    defect: 'below a path, cookies go to every app on the host',
    file: 'src/public-address.ts',
    text: "path: basePathOf(baseUrl) || '/'",
    instead: "path: basePathOf(baseUrl) && '/'",
    tests: ['web/below-a-path', 'sign-in/below-a-path'],
    only: 'gives its cookies',
  },
  {
    defect: 'two sign-ins of one app share their cookies',
    file: 'src/sign-in/build-sign-in.ts',
    text: 'requireNoTwin(request, parts);',
    instead: '',
    tests: ['sign-in/below-a-path'],
    only: 'two of them',
  },
  {
    defect: 'the address to sign in at names the code of a sign-in that failed',
    file: 'src/sign-in/failure.ts',
    text: 'destinationOf(request) ?? address.returnTo(browserPathOf(request))',
    instead: 'browserPathOf(request)',
    also: [
      {
        file: 'src/sign-in/sign-in-or-401.ts',
        text: 'publicPath(request, judged(returnTo))',
        instead: 'publicPath(request, returnTo)',
      },
    ],
    tests: ['sign-in/below-a-path'],
    only: 'the code of a failed',
  },
  {
    defect: 'a host that asks people in its own way is not asked',
    file: 'src/sign-in/sign-in-or-401.ts',
    text: 'if (parts.askToSignIn !== undefined)',
    instead: 'if (parts.askToSignIn !== undefined && scopes !== undefined)',
    tests: ['sign-in/own-ways', 'web/sign-in'],
    only: 'in its own way',
  },
  {
    defect: 'a page is given the id that a cookie is made of',
    file: 'src/sign-in/request-entra.ts',
    text: 'return sessions.keyOf(session);',
    instead: 'return session.sid || sessions.keyOf(session);',
    tests: ['sign-in/own-ways'],
    only: 'knows its session',
  },
  {
    defect: 'the address with the code is told to the next page, in an app without headers of its own',
    file: 'src/sign-in/authorization/sign-in-routes.ts',
    text: "'Referrer-Policy': 'no-referrer' }",
    instead: '}',
    tests: ['threats/callback'],
    only: 'three lines.*leads home',
  },
];
