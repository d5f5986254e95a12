import type { Router } from 'express';

import type { Service } from '../lib/service.ts';
import type { Sweep } from '../lib/sweep.ts';
import type { ApiOperation } from './api-operation.ts';
import type { DownloadRoute } from './download-route.ts';
import type { Route } from './route.ts';
import type { SessionGate } from './session-gate.ts';
import type { SnapshotRoute } from './snapshot-route.ts';

export type Feature = {
  /** Started in this order, after those of the features before it; stopped in the reverse one. */
  services?: readonly Service[];
  /** Run every quarter of an hour by who leads. */
  sweeps?: readonly Sweep[];
  routes?: readonly Route[];
  snapshotRoutes?: readonly SnapshotRoute[];
  downloads?: readonly DownloadRoute[];
  /** For what route literals can't express: cookies, answers without a session, proxying. */
  routers?: readonly ((gate: SessionGate) => Router)[];
  /** What the feature's routers of any kind answer. */
  routerOperations?: readonly ApiOperation[];
  /** Work while the store can't be used. */
  storelessRouters?: readonly ((gate: SessionGate) => Router)[];
  /** Mounted before the request log: their paths hold secrets. */
  unloggedRouters?: readonly Router[];
  /** Ends long-lived requests, so that the server can stop. */
  endRequests?(): void;
};

export type FeatureOffering<Offers> = Feature & { offers: Offers };
