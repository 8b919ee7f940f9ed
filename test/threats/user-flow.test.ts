import { describe, expect, test } from '@jest/globals';
import { fault, useWorld } from '../support/stage.ts';
import { ADELE, attemptSignIn, outcomeOf, refusal } from './support/outcome.ts';

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const OTHER_OID = '1b7e2d63-2e4c-4c68-8a6f-7a3d9a1c8b02';

/** An authority of Azure AD B2C; the emulator answers, with tokens made to look like those of a user flow. */
const world = useWorld({
  tenant: CONTOSO,
  config: { authority: 'https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin' },
});

const oid = () => world().emulator.accounts.find(({ username }) => username === ADELE)?.objectId ?? '';

/** What such a token says: neither tenant nor object id, the flow by its name, and people by their addresses. */
function answerOfFlow(claims: object = {}, uid = `${oid()}-b2c_1_signin`): void {
  const ofFlow = {
    ...{ tid: null, oid: null, preferred_username: null, email: null, name: null },
    ...{ sub: oid(), tfp: 'B2C_1_SignIn', emails: [ADELE] },
  };
  fault(world(), { at: 'token', fault: { kind: 'id-token', claims: { ...ofFlow, ...claims } } });
  fault(world(), { at: 'token', fault: { kind: 'client-info', uid } });
}

describe('a user flow of Azure AD B2C', () => {
  test.each([
    ['by tfp', {}],
    ['by acr, as older flows do', { tfp: null, acr: 'b2c_1_signin' }],
    ['and says tenant and object id as well', { tid: CONTOSO, oid: undefined }],
  ])('names itself %s: somebody is signed in', async (_name, claims) => {
    answerOfFlow(claims);
    const { browser, page, secrets } = await attemptSignIn(world());
    const { status, signedInAs, leaks } = await outcomeOf(world(), browser, page, secrets);
    expect({ status, signedInAs, leaks }).toEqual({ status: 302, signedInAs: ADELE, leaks: [] });
  });

  test.each<[string, () => void]>([
    ['of another flow', () => answerOfFlow({ tfp: 'B2C_1_reset' })],
    ['of no flow', () => answerOfFlow({ tfp: null })],
    ['of a list of flows', () => answerOfFlow({ tfp: ['B2C_1_signin'] })],
    ['of another tenant', () => answerOfFlow({ tid: OTHER_OID })],
    ['of another object than client_info names', () => answerOfFlow({}, `${OTHER_OID}-b2c_1_signin`)],
    ['of another flow than client_info names', () => answerOfFlow({}, `${oid()}-b2c_1_reset`)],
    ['without the flow in client_info', () => answerOfFlow({}, oid())],
  ])('signs nobody in with a token %s', async (_name, prepare) => {
    prepare();
    const { browser, page, secrets } = await attemptSignIn(world());
    expect(await outcomeOf(world(), browser, page, secrets)).toEqual(refusal(400, 'id_token_refused'));
  });
});
