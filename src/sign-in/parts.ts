import type { AppError } from '../errors.ts';
import type { ConfiguredApi } from './apis.ts';
import type { SignInStart } from './authorization/index.ts';
import type { Failure, RenderFailure } from './failure.ts';
import type { PersonTokens } from './person/index.ts';
import type { SignOutParts } from './sign-out.ts';

/** What one `entra()` is made of, once its store is open. */
export interface SignInParts extends SignInStart, SignOutParts {
  /** In front of the names of its cookies. */
  name: string;
  tokens: PersonTokens;
  apis: ReadonlyMap<string, ConfiguredApi>;
  loginPath: string;
  redirectUri: string;
  renderFailure: RenderFailure | undefined;
  /** Told of each failure that is shown, with what only the log may know. */
  onFailure: (failure: Failure, error: AppError) => void;
}
