import type { RequestListener } from 'node:http';

import { paths } from '@cyclorama/shared/paths.ts';
import express from 'express';
import type { Logger as PinoLogger } from 'pino';

import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { aboutRouter } from './features/about/routes.ts';
import { robotHookRouter } from './features/robots/callbacks/routes.ts';
import { sessionRouter } from './features/session/routes.ts';
import { errorHandler } from './http/errors.ts';
import { createEventLane } from './http/event-lane.ts';
import { mountDownloadRoutes, mountRoutes, mountSnapshotRoutes } from './http/mount-routes.ts';
import { createUpstreamProxy } from './http/proxy/proxy-router.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security.ts';
import { createSessionGate } from './http/session-gate.ts';
import { createEventStream } from './http/sse.ts';
import { staticFiles } from './http/static-files.ts';
import { refuseChangesWhile } from './http/store-gate.ts';
import { AppError } from './lib/errors.ts';

type Options = {
  config: Pick<Config, 'publicUrl' | 'trustProxy'>;
  deps: Deps;
  logger: PinoLogger;
  /** Folder of the built page. */
  webFolder: string;
};

/** The whole web server, built but not listening; `closeStreams` ends what would otherwise stay open for hours. */
export function createApp({ config, deps, logger, webFolder }: Options): {
  handle: RequestListener;
  closeStreams: () => void;
} {
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  // Its path is a secret: before anything that logs one.
  app.use(robotHookRouter({ hook: deps.robotHook }));
  const before = [requestLog(logger), securityHeaders(config.publicUrl)];
  app.use(...before);

  const { sessions, accessTokens, clock } = deps;
  const gate = createSessionGate({ sessions, accessTokens, clock, publicUrl: config.publicUrl });
  const stream = createEventStream(deps);
  app.use(aboutRouter(deps.about));
  app.use(sessionRouter({ sessions: deps.sessions, gate, publicUrl: config.publicUrl }));
  app.use('/api', refuseChangesWhile(deps.storeRefusal));
  const proxy = createUpstreamProxy({ ...deps.proxy, gate, clock: deps.clock });
  app.use(proxy.router);
  app.get(paths.events(), gate.requireSession, stream.handler);
  mountSnapshotRoutes(app, deps.snapshotRoutes, gate);
  mountDownloadRoutes(app, deps.downloadRoutes, gate);
  mountRoutes(app, deps.routes, gate);
  app.use('/api', (request) => {
    throw new AppError('not-found', `There is no ${request.method} ${request.baseUrl}${request.path}.`);
  });
  app.use(staticFiles(webFolder));
  app.use((request) => {
    throw new AppError('not-found', `There is nothing at ${request.path}.`);
  });
  app.use(errorHandler(logger));
  const handle = createEventLane({ app: (...all) => void app(...all), sessions, stream, before });
  return { handle, closeStreams: () => (stream.close(), proxy.close()) };
}
