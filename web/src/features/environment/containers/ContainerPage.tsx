import type { ContainerDetail } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import {
  shownContainerSince,
  shownContainerState,
  wellBeingOfContainer,
} from '@cyclorama/shared/rules/well-being.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { idOf } from '../../../lib/ids.ts';
import { useMoment } from '../../../lib/moment.ts';
import { plural } from '../../../lib/units.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { useResourceRows } from '../../../router/resource-link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Page } from '../../../ui/page.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Ago, Elapsed } from '../../../ui/time.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { PastNodePage } from '../components/PastNodePage.tsx';
import { ContainerFacts } from './components/ContainerFacts.tsx';
import { memberColumns } from './components/member-columns.tsx';
import { containerQuery, useContainerLife } from './queries.ts';

/** Of other features, by the container's id; `settings` is asked for services only. */
type ContainerPageProps = Partial<Record<'charts' | 'telemetry' | 'settings', (id: string) => ReactNode>>;

export function ContainerPage(props: ContainerPageProps) {
  const { containerId } = useParams({ from: '/containers/$containerId' });
  if (useMoment() !== null) return <PastNodePage kind="container" id={containerId} noun="Container" />;
  return <Present {...props} containerId={containerId} />;
}

function Present({ containerId, charts, telemetry, settings }: ContainerPageProps & { containerId: string }) {
  const query = useQuery(containerQuery(containerId));
  const detail = query.data;
  return (
    <Page
      title={detail?.container.name ?? 'Container'}
      subtitle={detail === undefined ? null : <Subtitle detail={detail} />}
      actions={
        <>
          <PastButton />
          <Link to="/topology" search={{ select: containerId }} className={buttonClass('ghost')}>
            Show in topology
          </Link>
          <Link to="/telemetry" search={{ container: containerId }} className={buttonClass('ghost')}>
            Telemetry
          </Link>
          {detail?.container.isFunction === true && (
            <Link to="/functions" search={{ container: containerId }} className={buttonClass('secondary')}>
              Claims of {isolated(detail.container.name)}
            </Link>
          )}
        </>
      }
    >
      <QueryView query={query}>
        {(data) => (
          <>
            <ObjectTabs
              of={containerId}
              name={data.container.name}
              telemetry={telemetry?.(containerId)}
              raw={{ path: paths.container(containerId), data }}
              summary={
                <>
                  <Members detail={data} />
                  {data.container.service !== null && settings?.(containerId)}
                  <ContainerFacts detail={data} />
                  {charts?.(containerId)}
                </>
              }
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Subtitle({ detail: { container, instances, locked, deprecated } }: { detail: ContainerDetail }) {
  const well = wellBeingOfContainer(container, instances);
  const since = shownContainerSince(container, instances, well);
  const life = useContainerLife(container.id);
  return (
    <ObjectHead state={<StateLabel state={shownContainerState(container, well)} />}>
      {well.text !== null && <span>{well.text}</span>}
      {since !== null && <Elapsed since={since} />}
      {life !== undefined && life.restartsInDay > 0 && (
        <span>{plural(life.restartsInDay, 'restart')} in 24 h</span>
      )}
      {container.deployment !== null && (
        <span>
          Version {container.deployment}
          {life !== undefined && life.deployedAt !== null && (
            <>
              , deployed <Ago at={life.deployedAt} />
            </>
          )}
        </span>
      )}
      <span>{container.identifier}</span>
      {container.service !== null && <Badge>Service: {container.service}</Badge>}
      {container.isFunction && <Badge>Function</Badge>}
      {locked && <Badge tone="warning">Locked</Badge>}
      {deprecated && <Badge tone="warning">Deprecated</Badge>}
    </ObjectHead>
  );
}

function Members({ detail: { instances, container } }: { detail: ContainerDetail }) {
  const resourceRows = useResourceRows('instance', idOf);
  const columns = useMemo(() => memberColumns(container.deployment), [container.deployment]);
  if (instances.length === 0) {
    return (
      <EmptyState
        title={`${isolated(container.name)} has no instances.`}
        hint="Cycle creates them according to the deployment strategy."
      />
    );
  }
  return (
    <section aria-label="Instances" className="flex flex-col gap-2">
      <h2 className="text-sm">{plural(instances.length, 'instance')}</h2>
      <DataTable
        caption={`Instances of ${container.name}`}
        columns={columns}
        rows={instances}
        {...resourceRows}
        height="420px"
      />
    </section>
  );
}
