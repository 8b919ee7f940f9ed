import { createHash } from 'node:crypto';
import type { Sealer } from './sealing.ts';
import type { NoteRecords } from './store/index.ts';

/** Short texts that all processes of the app see for a while, under names that only their writer knows. */
interface SharedNotes {
  /** Writes a note, whatever stood there before. */
  write(name: string, text: string): Promise<WrittenNote>;
  /** @returns undefined where there is none, or none any more */
  read(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}

/** A note that its writer goes on writing. */
interface WrittenNote {
  /** @returns false where somebody removed the note, or wrote another: it is left so then */
  replace(text: string): Promise<boolean>;
}

interface SharedNotesSettings {
  records: NoteRecords;
  sealer: Sealer;
  now: () => number;
}

/** After the last word in it. */
const LIFETIME_MS = 10 * 60_000;

/** Notes beside the sessions, sealed as those are. */
export function createSharedNotes({ records, sealer, now }: SharedNotesSettings): SharedNotes {
  const expiresAtMs = () => now() + LIFETIME_MS;
  return {
    async write(name, text) {
      const id = idOf(name);
      let written = sealer.seal(text, id);
      await records.write(id, written, expiresAtMs());
      return {
        async replace(next) {
          const sealed = sealer.seal(next, id);
          const replaced = await records.replace(id, written, sealed, expiresAtMs());
          if (replaced) written = sealed;
          return replaced;
        },
      };
    },
    async read(name) {
      const id = idOf(name);
      const sealed = await records.read(id);
      return sealed === undefined ? undefined : sealer.open(sealed, id)?.text;
    },
    remove: (name) => records.remove(idOf(name)),
  };
}

function idOf(name: string): string {
  return createHash('sha256').update(`note ${name}`).digest('base64url').slice(0, 32);
}
