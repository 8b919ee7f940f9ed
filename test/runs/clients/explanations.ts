/** Why a cell that is not what it should be is nevertheless no defect of the emulator's, and where that stands. */
export interface Explanation {
  readonly clients: readonly string[];
  /** Titles of faults, or how they begin. */
  readonly faults: readonly string[];
  /** With its source. */
  readonly words: string;
}

export const EXPLANATIONS: readonly Explanation[] = [];

/** The explanation of a cell, by its number from 1, or 0. */
export function explanationOf(client: string, fault: string): number {
  const found = EXPLANATIONS.findIndex(
    ({ clients, faults }) => clients.includes(client) && faults.some((one) => fault.startsWith(one)),
  );
  return found + 1;
}
