import type { Request } from 'express';
import type { GraphCall } from '../../graph/index.ts';
import type { Frame } from '../layout/index.ts';
import type { KnownTotals } from './known-totals.ts';

/** What the pages of the directory ask Microsoft Graph with, on behalf of the person who is signed in. */
export interface DirectoryAccess {
  graph: GraphCall;
  graphEndpoint: string;
  totals: KnownTotals;
  frameOf: (request: Request) => Frame;
}
