import type { LookupFunction } from 'node:net';
import type { Config } from '../config/index.ts';
import type { ClientSettings } from '../identity/index.ts';

/** The part of the sessions' store that is looked at. */
interface Store {
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What the doctor looks with. */
export interface Surroundings {
  /** For each thing that is looked at, in milliseconds. */
  timeoutMs: number;
  /** Where an app is tried whose authority is of several tenants. */
  tenant?: string | undefined;
  now(): number;
  identityOf(config: Config, onWarning: (sentence: string) => void): Promise<ClientSettings>;
  openRecords(config: Config, onWarning: (sentence: string) => void): Promise<Store>;
  /** Where no store is yet. @throws (as a rejection) ConfigurationError for a folder in which none can work */
  refuseFolder(folder: string): Promise<void>;
  /** Of host names; absent: Node's. */
  lookup?: LookupFunction;
  /** Bytes that may still be written to a folder's disk; absent: the file system is asked. */
  freeBytesOf?: (folder: string) => number;
}
