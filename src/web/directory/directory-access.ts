import type { Request } from 'express';
import type { GraphCall } from '../../graph/index.ts';
import type { PersonTokens, SessionRouteSettings } from '../../sign-in/index.ts';
import type { Frame } from '../layout/index.ts';

/** What the pages of the directory ask Microsoft Graph with, on behalf of the person who is signed in. */
export interface DirectoryAccess extends SessionRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  tokens: PersonTokens;
  frameOf: (request: Request) => Frame;
}
