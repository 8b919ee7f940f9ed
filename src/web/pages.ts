import { type AssetDigests, assetHref } from '../http/assets.ts';
import { permissionsView } from './account/permissions-view.ts';
import { exportView } from './export/export-view.ts';
import { type ProgressWords, progressWords } from './export/progress-words.ts';
import { failureView } from './failure/failure-view.ts';
import { consentGivenView, homeView, welcomeView } from './home/home-view.ts';
import { frameView } from './layout/frame-view.ts';
import { compileTemplate } from './layout/template.ts';
import type {
  ExportPage,
  FailurePage,
  Frame,
  HomePage,
  PermissionsPage,
  PersonPage,
  ProfilePage,
  UsersPage,
} from './page-models.ts';
import { personPageView, profileView } from './people/person-page-view.ts';
import { isNothingToSearch, usersView } from './people/users-view.ts';
import { isLanguage, LANGUAGES, type Language } from './words/language.ts';
import { loadWords, type Translate } from './words/translate.ts';

/** One function per page; each returns the whole HTML text in the frame's language. */
export interface Pages {
  /** Who is signed in, or the way to sign in. */
  home(frame: Frame, model: HomePage): string;
  /** One page of the directory's people. */
  users(frame: Frame, model: UsersPage): string;
  /** One person of the directory. */
  person(frame: Frame, model: PersonPage): string;
  /** The own profile of a personal account, which has no directory. */
  profile(frame: Frame, model: ProfilePage): string;
  /** What the app may do for the signed-in person. */
  permissions(frame: Frame, model: PermissionsPage): string;
  /** For an administrator who comes back from the identity platform's consent page, having consented. */
  consentGiven(frame: Frame): string;
  /** What went wrong and what to do. */
  failure(frame: Frame, model: FailurePage): string;
  /** A single text, for what is no page. */
  words(frame: Frame, key: string, values?: Readonly<Record<string, string>>): string;
  /** How far an export is. */
  exporting(frame: Frame, model: ExportPage): string;
  /** For a signed-in person whom another site tried to sign out. */
  signOutQuestion(frame: Frame): string;
}

/** What a template of a page's body is given. */
export interface PageView {
  language: Language;
  t: Translate;
  /** For the script that follows an export. */
  progressWords: ProgressWords;
}

type PageTemplate = (view: PageView & Record<string, unknown>) => string;

/**
 * Reads and compiles every template, once.
 * @param folder of the `.ejs` files
 * @param version of the app, for the footer
 * @param assets by which the addresses of styles and scripts change with what they hold
 * @throws where a template is missing or no valid template
 */
export function loadPages(folder: URL | string, version = '', assets: AssetDigests = new Map()): Pages {
  const words = loadWords();
  const view = (name: string): PageTemplate => compileTemplate(folder, name);
  const layout = view('layout');
  const [welcome, home, users, empty] = [view('welcome'), view('home'), view('users'), view('empty')];
  const [person, profile, failure] = [view('person'), view('profile'), view('failure')];
  const [permissions, consentGiven, signOutQuestion] = [
    view('permissions'),
    view('consent-given'),
    view('sign-out-question'),
  ];
  const exporting = view('export');

  const versionText = inEach(words, (t) => (version === '' ? '' : t('layout.version', { version })));
  const followed = inEach(words, progressWords);
  const asset = (name: string) => assetHref(assets, name);

  const inLayout = (frame: Frame, width: 'narrow' | 'wide', page: (given: PageView) => Page): string => {
    const language = languageOf(frame);
    const t = words[language];
    const given = { language, t, progressWords: followed[language] };
    return layout({
      ...given,
      width,
      version: versionText[language],
      asset,
      ...page(given),
      frame: frameView(language, t, frame),
    });
  };

  return {
    home: (frame, model) =>
      inLayout(frame, 'narrow', (given) =>
        frame.person === undefined
          ? pageOf(welcome, given, welcomeView(given, frame))
          : pageOf(home, given, homeView(given, frame.person, model)),
      ),
    users: (frame, model) =>
      isNothingToSearch(model)
        ? inLayout(frame, 'narrow', (given) => pageOf(empty, given, usersView(given, model)))
        : inLayout(frame, 'wide', (given) =>
            pageOf(users, given, usersView(given, model), ['find', 'export']),
          ),
    person: (frame, model) =>
      inLayout(frame, 'narrow', (given) => pageOf(person, given, personPageView(given.t, model))),
    profile: (frame, model) =>
      inLayout(frame, 'narrow', (given) => pageOf(profile, given, profileView(given.t, frame, model))),
    permissions: (frame, model) =>
      inLayout(frame, 'narrow', (given) => pageOf(permissions, given, permissionsView(given, frame, model))),
    consentGiven: (frame) =>
      inLayout(frame, 'narrow', (given) => pageOf(consentGiven, given, consentGivenView(given))),
    failure: (frame, model) =>
      inLayout(frame, 'narrow', (given) =>
        pageOf(failure, given, { ...failureView(given.language, given.t, frame, model) }),
      ),
    words: (frame, key, values) => words[languageOf(frame)](key, values),
    exporting: (frame, model) =>
      inLayout(frame, 'narrow', (given) => {
        const shown = exportView(given, model);
        const { renewSeconds } = shown;
        return { ...pageOf(exporting, given, shown, ['export']), renewSeconds };
      }),
    signOutQuestion: (frame) =>
      inLayout(frame, 'narrow', (given) =>
        pageOf(signOutQuestion, given, { heading: given.t('signOutQuestion.heading') }),
      ),
  };
}

/** What is the same on every page of a language, made once. */
function inEach<Made>(
  { en, nl, de }: Readonly<Record<Language, Translate>>,
  make: (t: Translate) => Made,
): Record<Language, Made> {
  return { en: make(en), nl: make(nl), de: make(de) };
}

function languageOf({ language }: Frame): Language {
  return isLanguage(language) ? language : LANGUAGES[0];
}

interface Page {
  title: string;
  body: string;
  /** Names of files in the public folder, without which the page works as well. */
  scripts: readonly string[];
  /** Without scripts, the page renews itself so often. */
  renewSeconds?: number | undefined;
}

function pageOf(
  template: PageTemplate,
  given: PageView,
  view: { heading: string } & Record<string, unknown>,
  scripts: readonly string[] = [],
): Page {
  return { title: view.heading, body: template({ ...given, ...view }), scripts };
}
