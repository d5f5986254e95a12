import type { Router } from 'express';

import type { Service } from '../lib/service.ts';
import type { DownloadRoute } from './download-route.ts';
import type { Route } from './route.ts';
import type { SessionGate } from './session-gate.ts';
import type { SnapshotRoute } from './snapshot-route.ts';

/** What a feature adds to the server. */
export type Feature = {
  /** Started in this order, after those of the features before it; stopped in the reverse one. */
  services?: readonly Service[];
  routes?: readonly Route[];
  snapshotRoutes?: readonly SnapshotRoute[];
  downloads?: readonly DownloadRoute[];
  /** For what no route literal can say: cookies, answers without a session, passing requests on. */
  routers?: readonly ((gate: SessionGate) => Router)[];
  /** As routers, for what works while the store can't be used. */
  storelessRouters?: readonly ((gate: SessionGate) => Router)[];
  /** Mounted before anything that logs a path: theirs hold secrets. */
  unloggedRouters?: readonly Router[];
  /** Ends the requests that would otherwise stay open for long, so that the server can stop accepting. */
  endRequests?(): void;
};

/** A feature that other features need something of. */
export type FeatureOffering<Offers> = Feature & { offers: Offers };
