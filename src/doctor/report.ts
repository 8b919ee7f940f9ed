import type { ExitStatus } from '../exit-status.ts';
import { printable } from '../printable.ts';
import { exitStatusOf, type Finding } from './finding.ts';

const MARKS = { well: 'ok', warning: 'warning', fault: 'FAULT', unseen: 'not seen' } as const;
/** SGR of ECMA-48: green, yellow, bold red, grey. */
const COLOURS = { well: '32', warning: '33', fault: '1;31', unseen: '90' } as const;
const COLUMNS = { mark: 10, looked: 25 } as const;

/** A finding in one line, and a second one with what to do. */
export function lineOf({ looked, state, what, todo }: Finding, isColoured: boolean): string {
  const mark = MARKS[state].padEnd(COLUMNS.mark);
  const shown = isColoured ? `\u001b[${COLOURS[state]}m${mark}\u001b[0m` : mark;
  const line = `${shown}${looked.padEnd(COLUMNS.looked)}${printable(what)}`;
  if (todo === undefined) return line;
  return `${line}\n${' '.repeat(COLUMNS.mark + COLUMNS.looked)}→ ${printable(todo)}`;
}

/** The last line. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  if (faults + warnings === 0) return 'Nothing is wrong with what could be looked at.';
  return `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The same for programs. */
export function jsonOf(findings: readonly Finding[]): string {
  const exitStatus: ExitStatus = exitStatusOf(findings);
  const shown = findings.map(({ looked, state, what, todo }) => ({
    looked,
    state,
    what,
    ...(todo === undefined ? {} : { todo }),
  }));
  return JSON.stringify({ exitStatus, findings: shown }, undefined, 2);
}
