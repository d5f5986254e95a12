import type { InstanceDetail } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { awaitedVersion, shownSince } from '@cyclorama/shared/rules/well-being.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { shortenId } from '../../../lib/ids.ts';
import { useMoment } from '../../../lib/moment.ts';
import { plural } from '../../../lib/units.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Page } from '../../../ui/page.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../ui/time.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { PastNodePage } from '../components/PastNodePage.tsx';
import { InstanceActions } from './components/InstanceActions.tsx';
import { InstanceFacts } from './components/InstanceFacts.tsx';
import { TaskProgress } from './components/TaskProgress.tsx';
import { instanceQuery, useTask } from './queries.ts';
import { newestTask } from './rules.ts';

type InstancePageProps = Partial<
  Record<'charts' | 'telemetry' | 'logs' | 'console', (id: string, name: string) => ReactNode>
>;

export function InstancePage(props: InstancePageProps) {
  const { instanceId } = useParams({ from: '/instances/$instanceId' });
  if (useMoment() !== null) return <PastNodePage kind="instance" id={instanceId} noun="Instance" />;
  return <Present {...props} instanceId={instanceId} />;
}

function Present({ instanceId, charts, ...tabs }: InstancePageProps & { instanceId: string }) {
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
            <PastButton />
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
              telemetry={tabs.telemetry?.(instanceId, data.instance.name)}
              logs={tabs.logs?.(instanceId, data.instance.name)}
              console={tabs.console?.(instanceId, data.instance.name)}
              raw={{ path: paths.instance(instanceId), data }}
              summary={
                <>
                  <InstanceFacts detail={data} />
                  {charts?.(instanceId, data.instance.name)}
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

function Subtitle({ detail }: { detail: InstanceDetail }) {
  const { instance, container, server, ips, isOwn, restartsInDay } = detail;
  const awaited = awaitedVersion(instance, container);
  return (
    <ObjectHead
      state={<StateLabel state={instance.state.current} health={instance.health} />}
      addresses={[instance.privateIp, ...ips.map(({ name }) => name)]}
    >
      {shownSince(instance) !== null && <Elapsed since={shownSince(instance)} />}
      <Health instance={instance} />
      {awaited !== null && <Badge tone="warning">Waits for {awaited}</Badge>}
      <span>{restartsInDay === 0 ? 'No restart' : plural(restartsInDay, 'restart')} in 24 h</span>
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
      <span>
        on{' '}
        <ResourceLink kind="server" id={instance.serverId} className="text-accent-text hover:underline">
          {server?.name ?? shortenId(instance.serverId)}
        </ResourceLink>
      </span>
      {isOwn === true && <Badge tone="accent">This dashboard</Badge>}
      {instance.isFunction && <Badge>Function</Badge>}
      {instance.service !== null && <Badge>Service: {instance.service}</Badge>}
    </ObjectHead>
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
