import type { Claim } from '@cyclorama/shared/claims.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { createTickBuilder } from './sse-tick.ts';

const tick = (...events: ServerEvent[]): ServerEvent[] => {
  const builder = createTickBuilder();
  for (const event of events) builder.add(event);
  return builder.take();
};
const freshness = { state: 'live', asOf: null, failingSince: null, reason: null } as const;
const location = (id: string, name: string) => ({ kind: 'location', id, name, provider: null }) as const;
type Patch = Extract<ServerEvent, { type: 'topology' }>['patch'];
const patch = (from: number, upsert: Patch['upsert'], remove: string[] = []): ServerEvent => ({
  type: 'topology',
  patch: { epoch: 'p', from, revision: from + 1, freshness, upsert, remove },
});
const claim = (id: string, state: Claim['state']): ServerEvent => ({
  type: 'claim',
  claim: { id, state } as Claim,
});

it('keeps the newest state of each thing, in the order of the newest', () => {
  expect(tick(claim('a', 'claimed'), claim('b', 'claimed'), claim('a', 'running'))).toEqual([
    claim('b', 'claimed'),
    claim('a', 'running'),
  ]);
});

it('begins anew once it was taken', () => {
  const builder = createTickBuilder();
  builder.add(claim('a', 'claimed'));
  builder.take();
  expect(builder.take()).toEqual([]);
});

it('keeps each of those that count by themselves', () => {
  const free: ServerEvent = { type: 'robot-free', deploymentId: 'd', robotType: 'null', people: ['ada'] };
  expect(tick(free, free)).toEqual([free, free]);
});

it('makes one patch of those that follow on each other', () => {
  expect(
    tick(
      patch(1, [location('a', 'old'), location('b', 'b')]),
      patch(2, [location('a', 'new'), location('c', 'c')], ['b']),
      patch(3, [], ['c']),
    ),
  ).toEqual([
    {
      type: 'topology',
      patch: {
        epoch: 'p',
        from: 1,
        revision: 4,
        freshness,
        upsert: [location('a', 'new')],
        remove: ['b', 'c'],
      },
    },
  ]);
});

it('keeps a thing that was removed and came back', () => {
  const [event] = tick(patch(1, [], ['a']), patch(2, [location('a', 'back')]));
  expect(event).toMatchObject({ patch: { from: 1, revision: 3, upsert: [location('a', 'back')] } });
});

it('never hides a gap between two patches', () => {
  const later = patch(5, [location('a', 'x')]);
  expect(tick(patch(1, [location('b', 'b')]), later)).toEqual([later]);
});

it('puts the changed deployments of all together, each as it was last', () => {
  const deployments = (...all: [string, number][]): ServerEvent => ({
    type: 'deployments',
    deployments: all.map(([id, queueLength]) => ({ id, queueLength }) as RobotDeployment),
  });
  expect(tick(deployments(['a', 1], ['b', 1]), deployments(['a', 0]))).toEqual([
    deployments(['a', 0], ['b', 1]),
  ]);
});
