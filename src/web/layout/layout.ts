import { eachLanguage, isLanguage, LANGUAGES, type Language } from '../../failures/index.ts';
import { type AssetDigests, assetHref } from '../../http/index.ts';
import { loadWords, type Translate } from '../words/index.ts';
import { drawing } from './drawings.ts';
import type { Frame } from './frame.ts';
import { frameView } from './frame-view.ts';
import { icon } from './icons.ts';
import { PATHS } from './paths.ts';
import { addressMarkup, compileTemplate } from './template.ts';

/** The language of a page and its words. */
export interface PageWords {
  language: Language;
  t: Translate;
}

/** A page before its layout surrounds it. */
interface Page {
  title: string;
  width: 'narrow' | 'wide';
  body: string;
  /** Names of files in the public folder, without which the page works as well. */
  scripts: readonly string[];
  /** Without scripts, the page renews itself so often. */
  renewSeconds?: number | undefined;
}

/** Makes the page that a view describes; its heading is its title too. */
type PageTemplate = (
  words: PageWords,
  view: { heading: string } & Record<string, unknown>,
  look?: Partial<Pick<Page, 'width' | 'scripts' | 'renewSeconds'>>,
) => Page;

/** What every page is made with. */
export interface Layout {
  /** Compiles the template of a page's body. @throws where it is missing or no valid template */
  template(name: string): PageTemplate;
  /** The whole HTML text of a page in the frame's language. */
  show(frame: Frame, page: (words: PageWords) => Page): string;
  /** A single text, for what is no page. */
  words(frame: Frame, key: string, values?: Readonly<Record<string, string>>): string;
  /** What is the same on every page of a language, made once. */
  inEachLanguage<Made>(make: (t: Translate) => Made): Readonly<Record<Language, Made>>;
}

/**
 * Reads the words and the layout around every page, once.
 * @param folder of the `.ejs` files
 * @param version of the app, for the footer
 * @param assets by which the addresses of styles and scripts change with what they hold
 * @throws where the layout's template is missing or no valid template
 */
export function loadLayout(folder: URL | string, version: string, assets: AssetDigests): Layout {
  const words = loadWords();
  const inEachLanguage: Layout['inEachLanguage'] = (make) =>
    eachLanguage((language) => make(words[language]));
  const layout = compileTemplate(folder, 'layout');
  const versionText = inEachLanguage((t) => (version === '' ? '' : t('layout.version', { version })));
  const asset = (name: string) => assetHref(assets, name);
  return {
    inEachLanguage,
    template(name) {
      const body = compileTemplate(folder, name);
      return (given, view, { width = 'narrow', scripts = [], renewSeconds } = {}) => ({
        title: view.heading,
        body: body({ ...given, ...view, paths: PATHS, icon, drawing, address: addressMarkup }),
        width,
        scripts,
        renewSeconds,
      });
    },
    show(frame, page) {
      const language = languageOf(frame);
      const given = { language, t: words[language] };
      return layout({
        ...given,
        version: versionText[language],
        paths: PATHS,
        asset,
        icon,
        ...page(given),
        frame: frameView(language, given.t, frame),
      });
    },
    words: (frame, key, values) => words[languageOf(frame)](key, values),
  };
}

function languageOf({ language }: Frame): Language {
  return isLanguage(language) ? language : LANGUAGES[0];
}
