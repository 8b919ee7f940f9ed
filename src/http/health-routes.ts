import { Router } from 'express';

export interface Health {
  /** Rejects when the session store does not answer. */
  checkStore: () => Promise<void>;
  isShuttingDown: () => boolean;
}

/** For those who run the app: alive, and able to serve. */
export function healthRoutes({ checkStore, isShuttingDown }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text').send('alive');
  });
  router.get('/readyz', async (_request, response) => {
    const problem = isShuttingDown()
      ? 'shutting down'
      : await checkStore().then(nothing, () => 'store unavailable');
    response
      .status(problem === undefined ? 200 : 503)
      .type('text')
      .send(problem ?? 'ready');
  });
  return router;
}

function nothing(): undefined {
  return undefined;
}
