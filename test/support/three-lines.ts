import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Config } from '../../src/config/config.ts';
import { requiresSignIn, signInFailures } from '../../src/library/sign-in.ts';
import type { Surroundings } from '../../src/main/web-app.ts';
import { buildSignIn, identityOfApp } from '../../src/sign-in/index.ts';

/** Somebody's app with the three lines of docs/library.md, and a log line for each request. */
export function buildThreeLines(config: Config, { records, logger, now }: Surroundings): Express {
  const identity = identityOfApp(config, { now, onWarning: (sentence) => logger.warn(sentence) });
  const settings = { config, loginPath: '/login', logoutPath: '/logout' };
  const app = express();
  app.use((request, response, next) => {
    request.id = randomUUID();
    response.set('X-Correlation-Id', request.id);
    response.once('close', () =>
      logger.info({ req: { id: request.id }, ...response.locals.failure }, 'request'),
    );
    next();
  });
  app.use(
    buildSignIn(
      settings,
      {
        name: '', // the tests know cookies by the demo's names
        onFailure({ code, detail, explanation, upstream: { claims: _claims, ...upstream } }, { res }) {
          if (res !== undefined) res.locals.failure = { reason: code, detail, explanation, upstream };
        },
      },
      { identity, records },
    ),
  );
  app.get('/', (request, response) => {
    const { displayName = 'visitor', username = '' } = request.entra.account ?? {};
    response.type('text').send(`Hello ${displayName} ${username}`);
  });
  app.get('/graphcall', requiresSignIn(), async (request, response) => {
    response.json(await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5'));
  });
  app.use(signInFailures());
  return app;
}
