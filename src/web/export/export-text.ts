import type { Continuation, SomeUsers } from '../../graph/index.ts';
import type { ExportFormat } from './export-format.ts';
import type { ExportProgress } from './export-progress.ts';

/** The people of an export, a page of Graph at a time. */
export type PeopleInPages = AsyncGenerator<SomeUsers, void, undefined>;

/** What an export's text is made with. */
interface ExportTextSettings {
  format: ExportFormat;
  words: (key: string, values?: Record<string, string>) => string;
  baseUrl: string;
  /** The path of the same export, going on somewhere. */
  resumeUrl: (from: Continuation) => string;
  /** Kept up to date as the text is taken. */
  state: ExportProgress;
  /** Lets go of what compression holds back because it is too little to compress well. */
  flush: () => void;
  /** Told after each page that was taken, and of the end. */
  tell: (progress: ExportProgress) => void;
  /** Told what broke the text off. */
  onFailure: (error: unknown) => void;
}

/** The file's text. Once it has begun, a failure can only be said in its last line. */
export async function* exportText(
  settings: ExportTextSettings,
  first: IteratorResult<SomeUsers, void>,
  pages: PeopleInPages,
): AsyncGenerator<string, void, undefined> {
  const { format, state, tell } = settings;
  let whole = true;
  // Until all was written: a reader who goes away ends this function at any `yield`.
  let complete = false;
  yield format.begin;
  try {
    for (let page = first; page.done !== true; page = await pages.next()) {
      yield format.page(page.value.people, state.count === 0);
      takeUp(settings, page.value);
      whole &&= page.value.leftOut === 0;
      settings.flush();
      tell(state);
    }
    complete = whole;
  } catch (error) {
    settings.onFailure(error);
  } finally {
    tell({ ...state, ended: complete ? 'complete' : 'incomplete' });
  }
  yield format.end({ complete, count: state.count, ...noteOf(settings) });
}

function takeUp({ state, resumeUrl }: ExportTextSettings, { people, total, next }: SomeUsers): void {
  state.count += people.length;
  if (total !== undefined) state.total = total;
  if (next === undefined) delete state.resumeUrl;
  else state.resumeUrl = resumeUrl(next);
}

/** What a file that is not complete says of it, with the address of the rest where there is one. */
function noteOf({ words, baseUrl, state }: ExportTextSettings): { note: string; rest?: string } {
  const note = words('export.interrupted');
  if (state.resumeUrl === undefined) return { note };
  const rest = `${baseUrl}${state.resumeUrl}`;
  return { note: `${note} ${words('export.rest', { url: rest })}`, rest };
}
