import { describe, expect, test } from '@jest/globals';
import { connectionTrouble } from '../src/connection-trouble.ts';

const failed = (code: string, message = '') => Object.assign(new Error(message), { code });
const SECRET = 'Bearer a-token';

describe('a failed connection in words', () => {
  test.each([
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /unknown certificate authority \(\w+\)\..*NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /unknown certificate authority \(\w+\)\..*NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /unknown certificate authority \(\w+\)\..*NODE_EXTRA_CA_CERTS/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed.*NODE_EXTRA_CA_CERTS/],
    ['CERT_REVOKED', /cannot be trusted/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /speaks no TLS/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /agree/],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', /did not answer in time/],
    ['ETIMEDOUT', /did not answer in time/],
    ['ENOTFOUND', /no such name as graph\.example \(ENOTFOUND\)\. Check the spelling/],
    ['EAI_AGAIN', /The name server does not answer for graph\.example /],
    ['ENETUNREACH', /No way leads from this machine to graph\.example:443/],
    ['EHOSTUNREACH', /No way leads/],
    ['EACCES', /firewall/],
    ['EMFILE', /limit of open files/],
    ['ERR_OF_TOMORROW', /^The connection to graph\.example:443 failed \(ERR_OF_TOMORROW\)\.$/],
  ])('%s', (code, says) => {
    expect(connectionTrouble(failed(code), 'graph.example:443')).toMatch(says);
  });

  test.each([
    ['a message', failed('ECONNRESET', SECRET)],
    ['a code', failed(SECRET)],
    ['no error', SECRET],
    ['a property', Object.assign(new Error(), { config: SECRET })],
  ])('never tells what else the error holds: %s', (_name, error) => {
    expect(connectionTrouble(error, 'graph.example')).not.toContain('token');
  });
});
