import type { InstanceDetail } from '@cyclorama/shared/environment.ts';
import { awaitedVersion, shownSince } from '@cyclorama/shared/rules/well-being.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { plural } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../ui/time.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { InstanceActions } from './components/InstanceActions.tsx';
import { InstanceFacts } from './components/InstanceFacts.tsx';
import { TaskProgress } from './components/TaskProgress.tsx';
import { instanceQuery, useTask } from './queries.ts';
import { newestTask } from './rules.ts';

export function InstancePage({ charts }: { charts?: (id: string) => ReactNode }) {
  const { instanceId } = useParams({ from: '/instances/$instanceId' });
  const query = useQuery(instanceQuery(instanceId));
  const pushed = useTask(instanceId);
  const task = newestTask(query.data?.task ?? null, pushed);
  const detail = query.data;
  return (
    <Page
      title={detail?.instance.name ?? 'Instance'}
      subtitle={detail === undefined ? null : <Subtitle detail={detail} />}
      actions={
        detail !== undefined && (
          <>
            <Links instanceId={instanceId} />
            <InstanceActions detail={detail} task={task} />
          </>
        )
      }
    >
      <QueryView query={query}>
        {(data) => (
          <>
            {task !== null && <TaskProgress task={task} />}
            <ObjectTabs
              of={instanceId}
              name={data.instance.name}
              summary={
                <>
                  <InstanceFacts detail={data} />
                  {charts?.(instanceId)}
                </>
              }
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Links({ instanceId }: { instanceId: string }): ReactNode {
  return (
    <>
      <Link to="/topology" search={{ select: instanceId }} className={buttonClass('ghost')}>
        Show in topology
      </Link>
      <Link to="/telemetry" search={{ instance: instanceId }} className={buttonClass('ghost')}>
        Telemetry
      </Link>
    </>
  );
}

function Subtitle({ detail: { instance, container, isOwn, restartsInDay } }: { detail: InstanceDetail }) {
  const awaited = awaitedVersion(instance, container);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-text">
        <StateLabel state={instance.state.current} health={instance.health} />
      </span>
      {shownSince(instance) !== null && <Elapsed since={shownSince(instance)} />}
      <Health instance={instance} />
      {awaited !== null && <Badge tone="warning">Waits for {awaited}</Badge>}
      {restartsInDay > 0 && <span>{plural(restartsInDay, 'restart')} in 24 h</span>}
      {container !== null && (
        <span>
          of{' '}
          <Link
            to="/containers/$containerId"
            params={{ containerId: container.id }}
            className="text-accent-text hover:underline"
          >
            {container.name}
          </Link>
        </span>
      )}
      {isOwn === true && <Badge tone="accent">This dashboard</Badge>}
      {instance.isFunction && <Badge>Function</Badge>}
      {instance.service !== null && <Badge>Service: {instance.service}</Badge>}
    </span>
  );
}

/** Each with its own since: a long-running instance may have lost its health a minute ago. */
function Health({
  instance: { state, health, healthSince, healthAtLeast, ready, readySince, readyAtLeast, deployment },
}: Pick<InstanceDetail, 'instance'>) {
  if (state.current !== 'running') return deployment !== null && <span>Version {deployment}</span>;
  return (
    <>
      {health === 'unhealthy' && (
        <span>
          running <Elapsed since={state.changed} />
        </span>
      )}
      {health === 'healthy' && (
        <span>
          Healthy{healthAtLeast === true && ' at least'} <Elapsed since={healthSince} />
        </span>
      )}
      {ready === false && (
        <span className="text-warning-text">
          Not ready{readyAtLeast === true && ' at least'} <Elapsed since={readySince} />
        </span>
      )}
      {deployment !== null && <span>Version {deployment}</span>}
    </>
  );
}
