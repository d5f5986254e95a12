import { accessToken as accessTokenSchema } from '@cyclorama/shared/access-tokens.ts';
import { activityEntry as activityEntrySchema } from '@cyclorama/shared/activity.ts';
import {
  claimBatch as batchSchema,
  claim as claimSchema,
  functionPool as poolSchema,
} from '@cyclorama/shared/claims.ts';
import { freshness, upstreamStatus } from '@cyclorama/shared/common.ts';
import { instanceDetail as instanceDetailSchema, task as taskSchema } from '@cyclorama/shared/environment.ts';
import { errorBody } from '@cyclorama/shared/errors.ts';
import { robotAccount as robotAccountSchema } from '@cyclorama/shared/robot-access.ts';
import { deploymentDetail as deploymentDetailSchema } from '@cyclorama/shared/robot-fleet.ts';
import { booking as bookingSchema, robotDeployment } from '@cyclorama/shared/robots.ts';
import { session as sessionSchema } from '@cyclorama/shared/session.ts';
import { telemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { topology as topologySchema } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';
import type { z } from 'zod';

import { accessToken } from './access-tokens.ts';
import { batch, claim, pool } from './claims.ts';
import { live, refusal, session, stale, upstream } from './common.ts';
import { activityEntry, instanceDetail, task } from './environment.ts';
import { booking, deployment, deploymentDetail, readyBooking, robotAccount } from './robots.ts';
import { telemetry } from './telemetry.ts';
import { smallTopology, topologyOf } from './topology.ts';

const built: [name: string, schema: z.ZodType, resource: unknown][] = [
  ['live', freshness, live],
  ['stale', freshness, stale],
  ['upstream', upstreamStatus, upstream()],
  ['session', sessionSchema, session()],
  ['refusal', errorBody, refusal('conflict', 'Taken.')],
  ['accessToken', accessTokenSchema, accessToken()],
  ['claim', claimSchema, claim()],
  ['batch', batchSchema, batch()],
  ['pool', poolSchema, pool()],
  ['deployment', robotDeployment, deployment()],
  ['deploymentDetail', deploymentDetailSchema, deploymentDetail()],
  ['booking', bookingSchema, booking()],
  ['readyBooking', bookingSchema, readyBooking()],
  ['robotAccount', robotAccountSchema, robotAccount()],
  ['smallTopology', topologySchema, topologyOf(smallTopology)],
  ['task', taskSchema, task()],
  ['instanceDetail', instanceDetailSchema, instanceDetail()],
  ['activityEntry', activityEntrySchema, activityEntry()],
  ['telemetry', telemetryResponse, telemetry()],
];

// Parsing drops unknown fields, so equality also finds fields that the contract no longer has.
it.each(built)('builds %s as the contract has it', (_, schema, resource) => {
  expect(schema.parse(resource)).toEqual(resource);
});
