/**
 * The two halves of a session's record. `session` is small and read with every request of a signed-in person;
 * `tokens` holds the MSAL token cache and is read only where a token is needed.
 */
export type Part = 'session' | 'tokens';

/** What is written when a session starts. The texts are sealed by the caller: a store never sees inside. */
export interface NewRecord {
  session: string;
  tokens: string;
  /** Unix time in milliseconds after which the record counts as absent. */
  expiresAtMs: number;
  /** Names under which the session can be ended together with others, such as one person's or one `sid`'s. */
  groups: readonly string[];
}

/**
 * Short texts that live for minutes, under names made of the characters of base64url. They have a place of their own:
 * none is counted or ended as a session.
 */
export interface NoteRecords {
  /** Writes a note, whatever was there before. */
  write(name: string, text: string, expiresAtMs: number): Promise<void>;
  read(name: string): Promise<string | undefined>;
  /** Replaces a note only where it still equals `expected`. @returns whether it was written */
  replace(name: string, expected: string, next: string, expiresAtMs: number): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/**
 * The seam between sessions and the engine that keeps them: process memory, SQLite or Redis.
 *
 * Every method rejects with `UpstreamError('store_unavailable', 503, …)` when the engine does not answer in time.
 * An absent, expired or damaged record is `undefined` or `false`, never an error.
 */
export interface SessionRecords {
  /** Writes a new record whole; durable when the promise resolves. */
  create(id: string, record: NewRecord): Promise<void>;
  read(id: string, part: Part): Promise<string | undefined>;
  /**
   * Replaces one part only where it still equals `expected`, so that a late write can neither revive an ended
   * session nor overwrite a newer one.
   * @returns whether it was written
   */
  replace(id: string, part: Part, expected: string, next: string, expiresAtMs: number): Promise<boolean>;
  /** Ends one session: both parts and its places in groups. Absent is fine. */
  remove(id: string): Promise<void>;
  /** Moves a session to these groups, out of all others; an absent one stays absent. */
  regroup(id: string, groups: readonly string[]): Promise<void>;
  /** Ids of the sessions of the group. One that is being written or ended may be named or not. */
  listGroup(group: string): Promise<readonly string[]>;
  /** Ends every session of the group. @returns how many there were */
  removeGroup(group: string): Promise<number>;
  /** Uses a name once, atomically over all processes. @returns false where it was used before and has not expired */
  useOnce(name: string, expiresAtMs: number): Promise<boolean>;
  notes: NoteRecords;
  /** Sessions kept now, expired ones perhaps included. */
  count(): Promise<number>;
  /** Resolves when the engine answers, and can be written to where that is told by writing only. */
  check(): Promise<void>;
  /** What the store takes, where it is a file on this machine. */
  size?(): Promise<StoreSize>;
  close(): Promise<void>;
}

export interface StoreSize {
  /** The file, which keeps the room of removed sessions for new ones and never shrinks, and its write-ahead log. */
  fileBytes: number;
  /** Of that, what sessions take now. */
  usedBytes: number;
  /** Beyond so many used bytes, sessions that expire soonest make room. */
  maxBytes: number;
}
