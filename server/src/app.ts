import type { RequestListener } from 'node:http';

import { paths } from '@cyclorama/shared/paths.ts';
import express from 'express';
import type { Request } from 'express';
import type { Logger as PinoLogger } from 'pino';

import { createFeatures } from './features.ts';
import type { Features } from './features.ts';
import { basePathOf, stripBasePath } from './http/base-path.ts';
import { clientAddress } from './http/client-address.ts';
import { errorHandler } from './http/errors.ts';
import { createEventLane } from './http/event-lane.ts';
import { measureRequests } from './http/measure-requests.ts';
import { mountFeatures, mountStorelessRouters } from './http/mount-routes.ts';
import { readYourWrites } from './http/read-your-writes.ts';
import { createRefusalRecord } from './http/record-refusals.ts';
import { createRepeats } from './http/repeats.ts';
import { createRequestNames, identifyRequest, requestIdOf, traceOf } from './http/request-id.ts';
import { requestLog } from './http/request-log.ts';
import { createPlainHttpCheck, requireHttps } from './http/require-https.ts';
import { securityHeaders } from './http/security.ts';
import { createSessionCookie } from './http/session-cookie.ts';
import { createSessionGate } from './http/session-gate.ts';
import { createEventStream } from './http/sse.ts';
import { staticFiles } from './http/static-files.ts';
import { refuseChangesWhile } from './http/store-gate.ts';
import { AppError } from './lib/errors.ts';
import { inRequest } from './lib/request-context.ts';

type Options = Parameters<typeof createFeatures>[0] & { logger: PinoLogger; webFolder: string };

/** Not listening yet. `closeStreams` ends the event streams, which would otherwise keep the server open for hours. */
export function createApp({ webFolder, ...options }: Options): {
  features: Features;
  handle: RequestListener;
  closeStreams: () => void;
} {
  const { config, logger } = options;
  const features = createFeatures(options);
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  for (const { unloggedRouters = [] } of features.all) for (const router of unloggedRouters) app.use(router);
  const { publicUrl } = config;
  const basePath = basePathOf(publicUrl);
  const name = createRequestNames(config);
  const log = requestLog(logger, name);
  const setHeaders = securityHeaders(publicUrl);
  app.use(log, (request, response, next) => {
    setHeaders(response);
    const [requestId, trace] = [requestIdOf(request), traceOf(request)];
    inRequest({ requestId, trace, address: clientAddress(request), caller: null }, next);
  });
  const { noteRequest } = features.metrics;
  if (noteRequest !== null) app.use(measureRequests(noteRequest));
  const isPlainHttp = createPlainHttpCheck(config);
  app.use(requireHttps(publicUrl, isPlainHttp));
  // Express would list the methods of each route; the page is of this origin and asks for none.
  app.options('/api/{*path}', refuseUnknown);

  const { sessions, accessTokens, clock } = features;
  const gate = createSessionGate({ sessions, accessTokens, clock, publicUrl });
  const stream = createEventStream({ ...features, streamsPerPerson: config.streamsPerPerson });
  app.use(paths.session(), stream.tellLastEventId);
  app.get(paths.events(), gate.requireSession, stream.handler);
  const { secrets } = options;
  const seen = createSessionCookie({ secrets, publicUrl, suffix: '-seen' });
  app.use('/api', readYourWrites({ cookie: seen, replicas: features.replicas }));
  mountStorelessRouters(app, features.all, gate);
  app.use('/api', refuseChangesWhile(features.storeRefusal));
  mountFeatures(app, features.all, { gate, repeats: createRepeats(features.requestKeys) });
  app.use('/api', refuseUnknown);
  app.use(staticFiles(webFolder, basePath));
  app.use((request) => {
    throw new AppError('not-found', `There is nothing at ${request.path}.`);
  });
  app.use(errorHandler(logger, createRefusalRecord({ record: features.activity.record, clock })));
  const handle = createEventLane({
    app: (...all) => void app(...all),
    sessions,
    stream,
    isPlainHttp,
    prepare(request, response) {
      // A stream's line is a `debug` one.
      if (logger.isLevelEnabled('debug')) log(request, response);
      else identifyRequest(name, request, response);
      setHeaders(response);
    },
  });
  const closeStreams = (): void => {
    stream.close();
    for (const feature of features.all) feature.endRequests?.();
  };
  return { features, handle: stripBasePath(handle, basePath), closeStreams };
}

function refuseUnknown(request: Request): never {
  throw new AppError('not-found', `There is no ${request.method} ${request.baseUrl}${request.path}.`, {
    hint: 'GET /api/openapi.json lists what there is.',
  });
}
