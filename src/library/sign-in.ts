export { AppError, ConfigurationError, InteractionRequiredError } from '../errors.ts';
export { ApiError } from '../graph/index.ts';
export {
  type Caller,
  type Entra,
  type EntraOptions,
  entra,
  type Failure,
  type Logger,
  onBehalfOf,
  type ProtectApiOptions,
  protectApi,
  protectedResourceMetadata,
  type RenderFailure,
  type RequestEntra,
  type RequiresSignInOptions,
  type ResourceMetadataOptions,
  requiresGroup,
  requiresRole,
  requiresSignIn,
  type SignedInAccount,
  type SignInEvent,
  signInFailures,
} from '../sign-in/index.ts';
