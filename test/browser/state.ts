import type { Page } from 'playwright-core';
import type { World } from '../support/world.ts';

/** A page in a state that somebody can meet. */
export interface State {
  /** Stable: the name of its pictures, too. */
  name: string;
  /** The page changed in answer to somebody: then it is no fault that something moved. */
  answersInput?: boolean;
  /** Brings a fresh profile's page there, in a world that was just reset. */
  open(page: Page, world: World): Promise<void>;
}
