import type { PendingSignIn } from '../../identity/index.ts';

/** What the app remembers while a person is away at the identity platform. */
export interface LeftToSignIn {
  signIn: PendingSignIn;
  returnTo: string;
  /** This sign-in answers a challenge of Graph. */
  answersChallenge: boolean;
}

/** In this order and without names, because ten of them have to fit a browser's Cookie header. */
type Written = [
  nonce: string,
  codeVerifier: string,
  issuerDigest: string,
  returnTo: string,
  answers: 0 | 1,
  claims?: string,
  scopes?: string,
];

/** Writes and reads it for the cookie of a pending sign-in. */
export const leftToSignInText = {
  write({ signIn, returnTo, answersChallenge }: LeftToSignIn): string {
    const { nonce, codeVerifier, issuerDigest, claims, scopes = [] } = signIn;
    const written: Written = [nonce, codeVerifier, issuerDigest, returnTo, answersChallenge ? 1 : 0];
    const more = [claims ?? '', scopes.join(' ')];
    return JSON.stringify(more.some((text) => text !== '') ? [...written, ...more] : written);
  },
  read(text: string): LeftToSignIn {
    const [nonce, codeVerifier, issuerDigest, returnTo, answers, claims = '', scopes = ''] = JSON.parse(
      text,
    ) as Written;
    const signIn = {
      nonce,
      codeVerifier,
      issuerDigest,
      ...(claims === '' ? {} : { claims }),
      ...(scopes === '' ? {} : { scopes: scopes.split(' ') }),
    };
    return { signIn, returnTo, answersChallenge: answers === 1 };
  },
};
