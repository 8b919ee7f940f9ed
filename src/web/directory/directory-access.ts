import type { Request } from 'express';
import type { GraphCall } from '../../graph/client/request.ts';
import type { PersonTokens } from '../../sign-in/person-token.ts';
import type { SessionRouteSettings } from '../../sign-in/require-sign-in.ts';
import type { Frame } from '../layout/frame.ts';

/** What the pages of the directory ask Microsoft Graph with, on behalf of the person who is signed in. */
export interface DirectoryAccess extends SessionRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  tokens: PersonTokens;
  frameOf: (request: Request) => Frame;
}
