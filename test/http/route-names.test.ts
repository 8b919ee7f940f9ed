import { describe, expect, test } from '@jest/globals';
import { createRouteNames } from '../../src/http/route-names.ts';

const nameOf = createRouteNames([
  '/',
  '/getAToken',
  '/graphcall',
  '/graphcall/users/:id',
  '/graphcall/users/:id/photo',
]);

describe('a path in the log', () => {
  test.each([
    ['/', '/'],
    ['/graphcall', '/graphcall'],
    ['/graphcall/', '/graphcall'],
    ['/GRAPHCALL', '/graphcall'],
    ['/getatoken', '/getAToken'],
    ['/graphcall/users/5eed0000-0000-4000-8000-000000000001', '/graphcall/users/:id'],
    ['/graphcall/users/adele@contoso.example/', '/graphcall/users/:id'],
    ['/graphcall/users/%2e%2e/photo', '/graphcall/users/:id/photo'],
  ])('%s is named by its route', (path, route) => {
    expect(nameOf(path)).toBe(route);
  });

  test.each([
    ['/adele@contoso.example', '/*'],
    ['/wp-login.php', '/*'],
    ['/app/getAToken', '/*/getAToken'],
    ['/graphcall/users', '/graphcall/users'],
    ['/graphcall/users//photo', '/graphcall/users//photo'],
    ['/graphcall/users/1/photo/large', '/graphcall/users/*/photo/*'],
    ['/graphcall/users/:id/photos', '/graphcall/users/*/*'],
    ['//evil.example/', '//*/'],
    ['*', '/'],
    ['http://evil.example/graphcall', '/*//*/graphcall'],
    ['/__proto__/constructor', '/*/*'],
    [`/${'adele/'.repeat(3_000)}`, '/*/*/*/*/*/…'],
    [`/${'a'.repeat(16_000)}`, '/*'],
  ])('%s, which is no route, by its form', (path, form) => {
    expect(nameOf(path)).toBe(form);
  });
});
