import { storeUnavailable } from '../store-unavailable.ts';
import type { Connection } from './connection.ts';
import type { MayGrow } from './disk-room.ts';
import { asUnavailable, isDiskFull } from './failures.ts';
import { freeBytes } from './operations.ts';
import type { Statements } from './statements.ts';
import type { StoreFile } from './store-file.ts';

type Work<Result> = (statements: Statements) => Result;

export type Access = ReturnType<typeof accessTo>;

/** Ways to use the file that reject with `store_unavailable`. */
export function accessTo(file: StoreFile, mayGrow: MayGrow) {
  const fail = (error: unknown): never => {
    throw asUnavailable(error);
  };
  const change = <Result>(work: Work<Result>): Promise<Result> =>
    file.use((connection) => written(connection, work)).catch(fail);
  return {
    change,
    read: <Result>(work: Work<Result>): Promise<Result> =>
      file.use(({ statements }) => work(statements)).catch(fail),
    /** Changes that take room. */
    add: <Result>(work: Work<Result>): Promise<Result> =>
      change((statements) => {
        if (mayGrow(() => freeBytes(statements))) return work(statements);
        throw storeUnavailable('the disk is nearly full');
      }),
  };
}

/** Where the log finds no more room, its room is made free for the next write. */
function written<Result>({ statements, checkpointer, transaction }: Connection, work: Work<Result>): Result {
  try {
    const result = transaction(() => work(statements));
    checkpointer.wrote();
    return result;
  } catch (error) {
    if (isDiskFull(error)) checkpointer.ask();
    throw error;
  }
}
