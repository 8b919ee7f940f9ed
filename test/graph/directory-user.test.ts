import { expect, test } from '@jest/globals';
import { readDirectoryUser } from '../../src/graph/users/directory-user.ts';

test.each([' ', '\u00a0', '\u200b\u200d', '\u2800', '\u3164', '\u202e', '\ufeff', '\u00ad', '\t\n'])(
  'a name of nothing that shows (%j) is no name',
  (blank) => {
    const user = readDirectoryUser({ id: '1', displayName: blank, givenName: ` ${blank}`, mail: blank });
    expect(user).toMatchObject({ displayName: undefined, givenName: undefined, mail: undefined });
  },
);

test.each(['Ада', 'محمد\u200c', '-', '👩‍💻', 'a\u200b'])('%j is one', (displayName) => {
  expect(readDirectoryUser({ id: '1', displayName })?.displayName).toBe(displayName);
});
