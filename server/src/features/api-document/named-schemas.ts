import { accessToken } from '@cyclorama/shared/access-tokens.ts';
import { activityEntry } from '@cyclorama/shared/activity.ts';
import { claim, claimBatch, claimDetail, functionPool } from '@cyclorama/shared/claims.ts';
import { failure, freshness, upstreamStatus } from '@cyclorama/shared/common.ts';
import { containerDetail, instanceDetail, overview, task } from '@cyclorama/shared/environment.ts';
import { errorBody } from '@cyclorama/shared/errors.ts';
import { serverEvent } from '@cyclorama/shared/events.ts';
import { hubActivity } from '@cyclorama/shared/hub-activity.ts';
import { job, jobDetail } from '@cyclorama/shared/jobs.ts';
import { booking, robotDeployment } from '@cyclorama/shared/robots.ts';
import { session } from '@cyclorama/shared/session.ts';
import { series } from '@cyclorama/shared/telemetry.ts';
import { topology, topologyNode } from '@cyclorama/shared/topology.ts';
import { scopedVariables } from '@cyclorama/shared/variables.ts';
import { z } from 'zod';

const names = {
  AccessToken: accessToken,
  ActivityEntry: activityEntry,
  Booking: booking,
  Claim: claim,
  ClaimBatch: claimBatch,
  ClaimDetail: claimDetail,
  ContainerDetail: containerDetail,
  Error: errorBody,
  Failure: failure,
  Freshness: freshness,
  FunctionPool: functionPool,
  HubActivity: hubActivity,
  InstanceDetail: instanceDetail,
  Job: job,
  JobDetail: jobDetail,
  Overview: overview,
  RobotDeployment: robotDeployment,
  ScopedVariables: scopedVariables,
  Series: series,
  ServerEvent: serverEvent,
  Session: session,
  Task: task,
  Topology: topology,
  TopologyNode: topologyNode,
  UpstreamStatus: upstreamStatus,
};

/** Has each written once, under `components`, and referred to by its name from wherever it occurs. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(names))
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
}
