import type { UpstreamName } from '@cyclorama/shared/common.ts';
import type { ReactNode } from 'react';

import { EmptyState } from '../ui/states.tsx';
import { useCan } from './session.ts';
import { useUpstreams } from './upstreams.ts';

type SetUp = { title: string; use: string; steps: readonly string[] };

const restart = 'Restart the instance of Cyclorama: it reads its settings when it starts.';

/** No name of a secret stands in what everyone can download. */
const names = 'The README lists the variables’ names, under “In production”.';

const setUps: Record<Exclude<UpstreamName, 'cycle'>, SetUp> = {
  scheduler: {
    title: 'Claims are not set up',
    use: 'Pools are shown. To claim and run functions, Cyclorama needs an access key of the environment’s scheduler.',
    steps: [
      'In Cycle, add an access key to the environment’s scheduler service.',
      `Give its secret to Cyclorama’s container as the scheduler’s access key. ${names}`,
      restart,
    ],
  },
  rerobots: {
    title: 'Robots are not set up',
    use: 'To show and book robots, Cyclorama needs an API token of the team’s rerobots account.',
    steps: ['Make an API token on rerobots’ site.', 'Set it under Robot account.'],
  },
  platform: {
    title: 'Cycle jobs are not set up',
    use: 'To show jobs here, Cyclorama needs an API key of Cycle’s public API.',
    steps: [
      'In Cycle, add an API key to the hub.',
      `Give it and the hub’s id to Cyclorama’s container as the API key and the hub of Cycle’s public API. ${names}`,
      restart,
    ],
  },
};

/** Whether it never had an address or credentials. Undefined until known; credentials that were lost are a fault. */
export function useIsSetUp(name: UpstreamName): boolean | undefined {
  const upstream = useUpstreams().data?.upstreams.find((each) => each.name === name);
  return upstream && (upstream.state !== 'unconfigured' || upstream.credentials !== undefined);
}

type NotSetUpProps = {
  name: keyof typeof setUps;
  /** Of a part that needs it, where that is not what it is mostly for. */
  as?: Pick<SetUp, 'title' | 'use'>;
  action?: ReactNode;
};

/** What an upstream that was never configured is for, and how an admin sets it up. */
export function NotSetUp({ name, as, action }: NotSetUpProps) {
  const isAdmin = useCan('admin');
  const { title, use, steps } = { ...setUps[name], ...as };
  const hint = isAdmin ? use : `${use} Ask an admin to set it up.`;
  if (!isAdmin) return <EmptyState title={title} hint={hint} />;
  return (
    <EmptyState
      title={title}
      hint={hint}
      action={
        <>
          <ol aria-label="How to set it up" className="max-w-prose list-decimal pl-5 text-left">
            {steps.map((step, index) => (
              <li key={index} className="py-0.5">
                {step}
              </li>
            ))}
          </ol>
          {action}
        </>
      }
    />
  );
}
