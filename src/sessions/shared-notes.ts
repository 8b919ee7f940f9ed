import { createHash } from 'node:crypto';
import type { Sealer } from './sealing.ts';
import type { NoteRecords } from './store/index.ts';

interface SharedNotesSettings {
  records: NoteRecords;
  sealer: Sealer;
  now: () => number;
}

/** After the last word in it. */
const LIFETIME_MS = 10 * 60_000;

/**
 * Short texts that all processes of the app see for a while, under names that only their writer knows: beside the
 * sessions, and sealed as those are.
 */
export function createSharedNotes({ records, sealer, now }: SharedNotesSettings) {
  const expiresAtMs = () => now() + LIFETIME_MS;
  return {
    /** Writes a note, whatever stood there before. */
    async write(name: string, text: string) {
      const id = idOf(name);
      let written = sealer.seal(text, id);
      await records.write(id, written, expiresAtMs());
      return {
        /** @returns false where somebody removed the note, or wrote another: it is left so then */
        async replace(next: string): Promise<boolean> {
          const sealed = sealer.seal(next, id);
          const replaced = await records.replace(id, written, sealed, expiresAtMs());
          if (replaced) written = sealed;
          return replaced;
        },
      };
    },
    /** @returns undefined where there is none, or none any more */
    async read(name: string): Promise<string | undefined> {
      const id = idOf(name);
      const sealed = await records.read(id);
      return sealed === undefined ? undefined : sealer.open(sealed, id)?.text;
    },
    remove: (name: string): Promise<void> => records.remove(idOf(name)),
  };
}

function idOf(name: string): string {
  return createHash('sha256').update(`note ${name}`).digest('base64url').slice(0, 32);
}
