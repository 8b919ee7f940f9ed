import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCodeOf } from '../../errors.ts';

/** Which process somebody is, so that another one can tell later whether it still runs. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Kernel and process id namespace: process ids mean the same only within one. Absent without Linux's /proc. */
  place?: string | undefined;
  /** Start time in clock ticks after the start of the kernel: process ids are used again, and this tells them apart. */
  started?: string | undefined;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { pid, host: hostname(), place: ownPlace(), started: statOf(pid)?.started };
}

/** Whether a process still runs; undefined where this process cannot see it. */
export function isRunning(other: ProcessIdentity): boolean | undefined {
  if (other.place === undefined || other.place !== ownPlace()) return undefined;
  const stat = statOf(other.pid);
  if (stat === undefined) return isUnknown(other.pid) ? false : undefined;
  return stat.started === other.started && stat.state !== 'Z';
}

function ownPlace(): string | undefined {
  try {
    const kernel = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const isOwnProc = readlinkSync('/proc/self') === String(process.pid);
    return isOwnProc ? `${kernel} ${readlinkSync('/proc/self/ns/pid')}` : undefined;
  } catch {
    return undefined;
  }
}

/** proc(5): the name of the program may hold anything; the state is the first field after it, the start the 20th. */
function statOf(pid: number): { state: string | undefined; started: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

/** A process that /proc hides from other users is there all the same. */
function isUnknown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}
