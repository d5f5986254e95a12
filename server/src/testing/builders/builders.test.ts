import { accessToken } from '@cyclorama/shared/access-tokens.ts';
import { activityEntry } from '@cyclorama/shared/activity.ts';
import { claim, claimBatch } from '@cyclorama/shared/claims.ts';
import { task } from '@cyclorama/shared/environment.ts';
import { booking, robotDeployment as deploymentSchema } from '@cyclorama/shared/robots.ts';
import { topologyNode } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';
import type { z } from 'zod';

import { presentAccessToken } from '../../features/access-tokens/presenter.ts';
import { presentActivity } from '../../features/activity/presenter.ts';
import { presentTask } from '../../features/environment/tasks/presenter.ts';
import {
  presentContainer,
  presentDomain,
  presentInstance,
} from '../../features/environment/topology/presenter.ts';
import { presentBatch } from '../../features/functions/batches/presenter.ts';
import { presentClaim } from '../../features/functions/claims/presenter.ts';
import { presentBooking } from '../../features/robots/bookings/presenter.ts';
import { accessTokenRow } from './access-tokens.ts';
import { newEntry } from './activity.ts';
import { batchRow } from './batches.ts';
import { bookingRow } from './bookings.ts';
import { claimRow } from './claims.ts';
import { cycleContainer, cycleDomain, cycleInstance } from './environment.ts';
import { robotDeployment, robotInstance } from './robots.ts';
import { taskRow } from './tasks.ts';

const built: [name: string, schema: z.ZodType, presented: unknown][] = [
  ['accessTokenRow', accessToken, presentAccessToken(accessTokenRow())],
  ['newEntry', activityEntry, presentActivity({ ...newEntry(), id: 1, previous: '', hash: '' }, 'admin')],
  ['batchRow', claimBatch, presentBatch(batchRow())],
  ['claimRow', claim, presentClaim(claimRow())],
  ['bookingRow', booking, presentBooking(bookingRow(), robotInstance())],
  ['taskRow', task, presentTask(taskRow())],
  ['robotDeployment', deploymentSchema, robotDeployment()],
  ['cycleContainer', topologyNode, presentContainer(cycleContainer())],
  ['cycleInstance', topologyNode, presentInstance(cycleInstance())],
  ['cycleDomain', topologyNode, presentDomain(cycleDomain())],
];

// A schema drops what it does not name, so equality also shows a field that the contract has lost.
it.each(built)('builds %s so that it leaves the server as the contract has it', (_, schema, presented) => {
  expect(schema.parse(presented)).toEqual(presented);
});
