import { type CsvForm, csvLine, csvLines } from '../../csv.ts';
import type { DirectoryUser } from '../../graph/index.ts';
import type { QueryParameters } from '../../http/index.ts';

/** How an export ended. */
interface ExportEnd {
  complete: boolean;
  count: number;
  /** For people, in the file's last line, where it is not complete. */
  note: string;
  /** The address of the rest, where it can be gone on from. */
  rest?: string;
}

/** A form of file, written piece by piece. */
export interface ExportFormat {
  fileName: string;
  begin: string;
  page(people: readonly DirectoryUser[], isFirst: boolean): string;
  end(end: ExportEnd): string;
}

const COLUMNS = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'id'] as const;
/** By which Excel knows that a file is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Values with a separator between them, a comma as in RFC 4180 or what the address asks for; an export that broke off
 * says so in a last line that begins with `#`.
 */
export function csvExport({ separator }: Pick<QueryParameters, 'separator'>): ExportFormat {
  const form: CsvForm = { lineEnd: '\r\n', separator: separator === 'semicolon' ? ';' : ',' };
  return {
    fileName: 'people.csv',
    begin: `${BYTE_ORDER_MARK}${csvLine(COLUMNS, form)}`,
    page: (people) =>
      csvLines(
        people.map((user) => COLUMNS.map((name) => user[name] ?? '')),
        form,
      ),
    end: ({ complete, note }) =>
      complete ? '' : csvLine([`# ${note}`, ...COLUMNS.slice(1).map(() => '')], form),
  };
}

const JSON_FORMAT: ExportFormat = {
  fileName: 'people.json',
  begin: '{"people":[',
  page: (people, isFirst) =>
    people.map((user, index) => `${isFirst && index === 0 ? '' : ','}\n${JSON.stringify(user)}`).join(''),
  end: ({ complete, count, note, rest }) =>
    `\n],"count":${count},${complete ? '' : noteMembers(note, rest)}"complete":${complete}}\n`,
};

/** One JSON object; its last member says whether it holds everybody. */
export function jsonExport(): ExportFormat {
  return JSON_FORMAT;
}

function noteMembers(note: string, rest: string | undefined): string {
  return `"note":${JSON.stringify(note)},${rest === undefined ? '' : `"rest":${JSON.stringify(rest)},`}`;
}
