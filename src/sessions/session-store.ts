import { hash } from 'node:crypto';
import { type SessionData, Store } from 'express-session';
import type { GroupNames } from './group-names.ts';
import type { Opened, Sealer } from './sealing.ts';
import type { Part, SessionRecords } from './store/index.ts';

/** What a sign-in puts into a new session beside what express-session knows of. */
export interface NewSession {
  tokens: string;
  /** The name of the group of all sessions of the person, of which there are only so many. */
  person: string;
  /** Further names under which the session can be found and ended together with others. */
  groups: readonly string[];
}

/** How sessions are kept, and for how long. */
export interface KeepingSettings {
  records: SessionRecords;
  sealer: Sealer;
  idleMs: number;
  maxMs: number;
  now: () => number;
  /** Sessions that one person has at once; the oldest ends where there are more. */
  mostOfPerson: number;
  /** Told in a sentence what did not work; the request went on. */
  onWarning: (sentence: string) => void;
}

interface SessionStoreSettings extends KeepingSettings {
  groupNames: GroupNames;
  /** Whether what a session holds fits the settings of today. */
  fits: (content: unknown) => boolean;
  /** Cookie attributes for sessions read back: they are not stored. */
  cookie: SessionData['cookie'];
}

/** The sealed text of a session. */
interface StoredSession {
  startedAtMs: number;
  seenAtMs: number;
  content: unknown;
  /** As the app names them. */
  groups: readonly string[];
}

/** A session as others than its own browser see it. */
interface FoundSession extends Pick<StoredSession, 'startedAtMs' | 'seenAtMs' | 'content'> {
  /** In the store; of no use as a cookie. */
  id: string;
}

/** A part as it was read: the text, and the sealed form that a conditional write compares with. */
export interface ReadPart extends Opened {
  sealed: string;
}

/** The idle time is moved on at most this often, so that a page view is not a write. */
const RENEW_EVERY_MS = 60_000;

/**
 * The store that express-session asks for, over any engine. Differs from the usual one in what signing out needs:
 * only the first save of a session creates a record; every later write replaces one that still exists.
 */
export class SessionStore extends Store {
  readonly #settings: SessionStoreSettings;
  readonly #new = new WeakMap<object, NewSession>();

  constructor(settings: SessionStoreSettings) {
    super();
    this.#settings = settings;
  }

  /** Marks a session whose next save creates its record. */
  announce(session: object, created: NewSession): void {
    this.#new.set(session, created);
  }

  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#read(sid).then(
      (session) => callback(null, session),
      (error: unknown) => callback(error),
    );
  }

  override set(
    sid: string,
    session: SessionData,
    callback: (error?: unknown) => void = () => undefined,
  ): void {
    const created = this.#new.get(session);
    const written = created === undefined ? this.#update(sid, session) : this.#create(sid, session, created);
    written.then(() => callback(), callback);
  }

  override destroy(sid: string, callback: (error?: unknown) => void = () => undefined): void {
    this.end(recordId(sid)).then(() => callback(), callback);
  }

  /** The tokens of a session, sealed with the newest secret from here on. */
  readTokens(sid: string, startedAtMs: number): Promise<ReadPart | undefined> {
    return this.#readTokens(recordId(sid), startedAtMs);
  }

  async #readTokens(id: string, startedAtMs: number): Promise<ReadPart | undefined> {
    const read = await this.#readPart(id, 'tokens');
    if (read === undefined || read.current) return read;
    await this.#replacePart(id, 'tokens', read, read.text, this.#expiryOf(startedAtMs));
    return this.#readPart(id, 'tokens');
  }

  /** Replaces tokens that are still what was read; that they were sealed again meanwhile does not count. */
  async replaceTokens(sid: string, startedAtMs: number, read: ReadPart, text: string): Promise<boolean> {
    const id = recordId(sid);
    const expiresAtMs = this.#expiryOf(startedAtMs);
    if (await this.#replacePart(id, 'tokens', read, text, expiresAtMs)) return true;
    const found = await this.#readPart(id, 'tokens');
    return found?.text === read.text && this.#replacePart(id, 'tokens', found, text, expiresAtMs);
  }

  /** Whether a session still is one; being asked is no use of it, and does not move its idle time on. */
  async isOpen(sid: string): Promise<boolean> {
    return (await this.#find(recordId(sid))) !== undefined;
  }

  /** The open sessions of a group, newest first. */
  async inGroup(group: string): Promise<FoundSession[]> {
    const found = await Promise.all((await this.#idsIn(group)).map((id) => this.#find(id)));
    return found
      .filter((session) => session !== undefined)
      .toSorted((one, other) => other.startedAtMs - one.startedAtMs || (one.id < other.id ? -1 : 1));
  }

  /** Ends a session by its id in the store. */
  end(id: string): Promise<void> {
    return this.#settings.records.remove(id);
  }

  /** Ends every session of a group. @returns how many */
  async endGroup(group: string): Promise<number> {
    const { records, groupNames } = this.#settings;
    const ended = await Promise.all(groupNames.all(group).map((name) => records.removeGroup(name)));
    return ended.reduce((sum, each) => sum + each, 0);
  }

  /** Replaces what a session holds, unless it has ended meanwhile. */
  async replaceContent(sid: string, content: unknown): Promise<void> {
    const id = recordId(sid);
    const found = await this.#readSession(id);
    if (found !== undefined) await this.#replaceSession(id, found.read, { ...found.stored, content });
  }

  /** Reads one sealed part; `undefined` for what is absent or was not sealed by this app for this session. */
  async #readPart(id: string, part: Part): Promise<ReadPart | undefined> {
    const sealed = await this.#settings.records.read(id, part);
    if (sealed === undefined) return undefined;
    const opened = this.#settings.sealer.open(sealed, `${part} ${id}`);
    return opened === undefined ? undefined : { ...opened, sealed };
  }

  async #readSession(id: string): Promise<{ read: ReadPart; stored: StoredSession } | undefined> {
    const read = await this.#readPart(id, 'session');
    return read && { read, stored: JSON.parse(read.text) };
  }

  /** Replaces a part that is still what was read. @returns whether it was */
  #replacePart(id: string, part: Part, read: ReadPart, text: string, expiresAtMs: number): Promise<boolean> {
    return this.#settings.records.replace(id, part, read.sealed, this.#seal(id, part, text), expiresAtMs);
  }

  /** When a session that is used now ends if it is not used again. */
  #expiryOf(startedAtMs: number): number {
    const { idleMs, maxMs, now } = this.#settings;
    return Math.min(now() + idleMs, startedAtMs + maxMs);
  }

  /** Under the name of each secret there is. */
  async #idsIn(group: string): Promise<string[]> {
    const { records, groupNames } = this.#settings;
    const ids = await Promise.all(groupNames.all(group).map((name) => records.listGroup(name)));
    return [...new Set(ids.flat())];
  }

  async #find(id: string): Promise<FoundSession | undefined> {
    const found = await this.#readSession(id);
    return found === undefined || this.#isOver(found.stored) ? undefined : { ...found.stored, id };
  }

  /**
   * Ends the oldest sessions of a person who has too many, but not this newest one. Looked at when it is there: of two
   * that begin at once, at least the later one sees both.
   */
  async #endSurplus(person: string, newest: string): Promise<void> {
    const { mostOfPerson } = this.#settings;
    if ((await this.#idsIn(person)).length <= mostOfPerson) return;
    const others = (await this.inGroup(person)).filter(({ id }) => id !== newest);
    await Promise.all(others.slice(mostOfPerson - 1).map(({ id }) => this.end(id)));
  }

  async #read(sid: string): Promise<SessionData | null> {
    const id = recordId(sid);
    const found = await this.#readSession(id);
    if (found === undefined) return null;
    const { read, stored } = found;
    if (this.#isOver(stored)) {
      await this.end(id);
      return null;
    }
    const renewed = this.#renewedIfDue(id, read, stored);
    // A person who reads a page should not wait for a write, but for what lets an older secret be taken away.
    if (!read.current) await renewed;
    return {
      cookie: { ...this.#settings.cookie },
      startedAtMs: stored.startedAtMs,
      content: stored.content,
    };
  }

  #isOver({ startedAtMs, seenAtMs, content }: StoredSession): boolean {
    const { idleMs, maxMs, now, fits } = this.#settings;
    return now() >= seenAtMs + idleMs || now() >= startedAtMs + maxMs || !fits(content);
  }

  async #renewedIfDue(id: string, read: ReadPart, stored: StoredSession): Promise<void> {
    const { now, onWarning } = this.#settings;
    if (read.current && now() - stored.seenAtMs < RENEW_EVERY_MS) return;
    await this.#replaceSession(id, read, { ...stored, seenAtMs: now() }).catch(() =>
      onWarning('the idle time of a session was not renewed'),
    );
  }

  /** A session part of the newest secret says that all is, so the rest is brought up to date first. */
  async #replaceSession(id: string, read: ReadPart, next: StoredSession): Promise<void> {
    const { startedAtMs, groups } = next;
    if (!read.current) {
      await this.#settings.records.regroup(id, this.#settings.groupNames.newest(groups));
      await this.#readTokens(id, startedAtMs);
    }
    await this.#replacePart(id, 'session', read, JSON.stringify(next), this.#expiryOf(startedAtMs));
  }

  async #create(sid: string, session: SessionData, created: NewSession): Promise<void> {
    const { records, groupNames, now, onWarning } = this.#settings;
    const { tokens, person } = created;
    const groups = [...new Set([person, ...created.groups])];
    const id = recordId(sid);
    const startedAtMs = session.startedAtMs ?? now();
    const stored: StoredSession = { startedAtMs, seenAtMs: now(), content: session.content, groups };
    await records.create(id, {
      session: this.#seal(id, 'session', JSON.stringify(stored)),
      tokens: this.#seal(id, 'tokens', tokens),
      expiresAtMs: this.#expiryOf(startedAtMs),
      groups: groupNames.newest(groups),
    });
    this.#new.delete(session);
    await this.#endSurplus(person, id).catch(() =>
      onWarning('the oldest session of a person who has too many was not ended'),
    );
  }

  /** express-session saves a session under a new id a second time; what is stored already is not written again. */
  async #update(sid: string, session: SessionData): Promise<void> {
    const id = recordId(sid);
    const found = await this.#readSession(id);
    if (found === undefined) return;
    const { read, stored } = found;
    if (read.current && JSON.stringify(stored.content) === JSON.stringify(session.content)) return;
    const next = { ...stored, seenAtMs: this.#settings.now(), content: session.content };
    await this.#replaceSession(id, read, next);
  }

  #seal(id: string, part: Part, text: string): string {
    return this.#settings.sealer.seal(text, `${part} ${id}`);
  }
}

/** The name of a session in the store: of no use as a cookie. */
export function recordId(sid: string): string {
  return hash('sha256', sid, 'base64url');
}
