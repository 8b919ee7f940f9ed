/** A change of one place of the sources. */
export interface Edit {
  file: string;
  /** Stands in the file exactly once. */
  text: string;
  instead: string;
}

/** A defect: a defence taken out of the sources, and the tests that have to notice. */
export interface Mutant extends Edit {
  /** What is left undefended. */
  defect: string;
  /** Where a defence stands twice, the second place. */
  also?: readonly Edit[];
  /** Test files below test/. */
  tests: readonly string[];
  /** Names of the tests that matter, to save time. */
  only?: string;
  /** The tests start the built programs. */
  built?: true;
}
