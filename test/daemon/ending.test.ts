import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../support/until.ts';
import { openTenant, type Tenant } from './tenant.ts';

const USERS = 23;
const ALL = ['--all', '--top', '10', '--format', 'ndjson'];

describe('a run that is stopped', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({ users: USERS - 3 });
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  const path = (name: string) => join(tenant.folder, name);
  const lines = (text: string) => text.split('\n').length - 1;
  const pagesAsked = () => tenant.asked(/\/v1\.0\/users$/).length;
  /** The second page never comes. */
  const holdSecondPage = () => {
    tenant.fault('users', { kind: 'next-link', url: `${tenant.emulator.baseUrl}/v1.0/users?hang=1` });
    tenant.fault('users', { kind: 'hang' }, { when: { hang: '1' } });
  };
  const stuck = () => until(() => pagesAsked() === 2);
  const leftovers = (output: string) => readdirSync(tenant.folder).filter((name) => name.startsWith(output));

  test('Ctrl-C ends at once with 130 and says what was written', async () => {
    holdSecondPage();
    const program = tenant.start([tenant.parameters(), ...ALL]);
    await stuck();
    program.process.kill('SIGINT');
    expect(await program.exited).toBe(130);
    expect(lines(program.output.stdout)).toBe(10);
    expect(program.output.stderr).toMatch(
      /Interrupted: 10 users were written, and the list is not complete\.\n$/,
    );
  });

  test('an interrupted --output leaves no half file', async () => {
    writeFileSync(path('users.ndjson'), 'of yesterday');
    holdSecondPage();
    const program = tenant.start([tenant.parameters(), ...ALL, '--output', 'users.ndjson']);
    await stuck();
    program.process.kill('SIGTERM');
    expect(await program.exited).toBe(130);
    expect(program.output.stderr).toContain('Interrupted: users.ndjson was not written.');
    expect([leftovers('users'), readFileSync(path('users.ndjson'), 'utf8')]).toEqual([
      ['users.ndjson'],
      'of yesterday',
    ]);
  });

  test.each(['ndjson', 'csv', 'json'])('--resume goes on with %s, and the file is whole', async (format) => {
    const resumable = [tenant.parameters(), '--all', '--top', '10', '--format', format];
    const whole = (await tenant.run(resumable)).stdout;
    const output = `resumed.${format}`;
    tenant.emulator.reset();
    tenant.fault('users', { kind: 'delay', ms: 300 });
    const program = tenant.start([...resumable, '--output', output, '--resume', '--verbose']);
    await until(() => pagesAsked() === 1);
    tenant.fault('users', { kind: 'hang' });
    await program.says(/^10 users written\.$/m);
    await stuck();
    program.process.kill('SIGKILL');
    await program.exited;
    expect(leftovers(output)).toContain(`${output}.partial.json`);
    appendFileSync(path(`${output}.partial`), '{"half a page');
    const { status, stderr } = await tenant.run([...resumable, '--output', output, '--resume']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/Going on after 10 users\./);
    expect(readFileSync(path(output), 'utf8')).toBe(whole);
    expect(leftovers(output)).toEqual([output]);
  });

  test('--resume does not go on with the output of another query', async () => {
    const resumable = [...ALL, '--output', 'other.ndjson', '--resume'];
    tenant.fault('users', { kind: 'next-link', url: 'https://evil.example/' });
    const first = await tenant.run([tenant.parameters(), ...resumable]);
    expect(first.status).toBe(5);
    expect(first.stderr).toContain(
      'other.ndjson.partial holds 10 users; the same command goes on from there',
    );
    const second = await tenant.run([tenant.parameters(), ...resumable, '--select', 'id']);
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toMatch(/other\.ndjson\.partial is of another query: remove it/);
  });

  test('a closed pipe ends quietly', async () => {
    const program = tenant.start([
      tenant.parameters(),
      '--all',
      '--top',
      '1',
      '--format',
      'ndjson',
      '--quiet',
    ]);
    program.process.stdout?.once('data', () => program.process.stdout?.destroy());
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
    expect(pagesAsked()).toBeLessThan(USERS);
  });
});
