import type { NoteRecords } from '../records.ts';
import { fromStoredBytes, toStoredBytes } from '../stored-text.ts';
import type { Access } from './access.ts';

/** Notes in a table of their own. @param now Unix time in milliseconds */
export function notesIn({ read, change, add }: Access, now: () => number): NoteRecords {
  return {
    write: (name, text, expiresAtMs) =>
      add(({ writeNote }) => void writeNote.run(name, toStoredBytes(text), expiresAtMs)),
    read: (name) =>
      read(({ readNote }) => {
        const found = readNote.get(name, now()) as { text: Uint8Array } | undefined;
        return found && fromStoredBytes(found.text);
      }),
    replace(name, expected, next, expiresAtMs) {
      const texts = [toStoredBytes(next), toStoredBytes(expected)] as const;
      return change(
        ({ replaceNote }) => replaceNote.run(texts[0], expiresAtMs, name, texts[1], now()).changes === 1,
      );
    },
    remove: (name) => change(({ removeNote }) => void removeNote.run(name)),
  };
}
