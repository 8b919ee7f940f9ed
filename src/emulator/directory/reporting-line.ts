import type { AllPeople } from './all-people.ts';
import type { ChangedPeople } from './changed-people.ts';
import type { DirectoryUser } from './directory-user.ts';

/** The one at the top of every organisation. */
const TOP = 1;
const REPORTS_EACH = 8;

/** The position of whom somebody at a position reports to; undefined at the top. */
function managerPosition(position: number): number | undefined {
  if (position === TOP) return undefined;
  return position === 0 ? TOP : Math.floor((position - 2) / REPORTS_EACH);
}

/** The positions of those who report to somebody at a position, in a directory of that size. */
function reportPositions(position: number, size: number): readonly number[] {
  if (position < 0) return [];
  const first = REPORTS_EACH * position + 2;
  const reports = Array.from({ length: REPORTS_EACH }, (_, index) => first + index);
  return [...(position === TOP ? [0] : []), ...reports].filter((one) => one < size);
}

/** Who reports to whom. */
export interface ReportingLine {
  /** Whom somebody reports to; undefined for the one at the top. */
  managerOf(id: string): DirectoryUser | undefined;
  reportsOf(id: string): readonly DirectoryUser[];
  setManager(id: string, managerId: string | undefined): void;
}

/** Creates a reporting line that follows the positions until somebody changes it. */
export function createReportingLine(people: AllPeople, changed: ChangedPeople): ReportingLine {
  const managers = new Map<string, string | undefined>();
  const managerOf = (id: string): DirectoryUser | undefined => {
    if (managers.has(id)) return changed.find(managers.get(id) ?? '');
    const position = people.positionOf(id);
    const above = managerPosition(position);
    return position < 0 || above === undefined ? undefined : changed.at(above);
  };
  return {
    managerOf,
    reportsOf(id) {
      const positions = reportPositions(people.positionOf(id), people.size());
      const candidates = [...positions.map(changed.at), ...[...managers.keys()].map(changed.find)];
      const reports = candidates
        .filter((one) => one !== undefined)
        .filter((one) => managerOf(one.id)?.id === id);
      return [...new Map(reports.map((one) => [one.id, one])).values()];
    },
    setManager: (id, managerId) => void managers.set(id, managerId),
  };
}
