import type { ServicesResponse } from '@cyclorama/shared/infrastructure.ts';
import { shownContainerState, wellBeingOfContainer } from '@cyclorama/shared/rules/well-being.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { NO_VALUE, plural } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { Page } from '../../../ui/page.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { servicesQuery } from './queries.ts';

type Service = ServicesResponse['services'][number];
type Row = Service & { state: string | null; instances: string; name: string };

export function ServicesPage() {
  const query = useQuery(servicesQuery);
  const { data: topology } = useTopology();
  return (
    <Page title="Services" subtitle="What Cycle runs for the environment, and how it is set.">
      <QueryView query={query}>
        {({ services }) =>
          services.length === 0 ? (
            <EmptyState
              title="This environment has no services."
              hint="They appear here when somebody sets one up in Cycle’s portal."
            />
          ) : (
            <List services={services} index={topology === undefined ? null : indexTopology(topology)} />
          )
        }
      </QueryView>
    </Page>
  );
}

function List({ services, index }: { services: readonly Service[]; index: TopologyIndex | null }) {
  const rows = useMemo(() => services.map((service) => rowOf(service, index)), [services, index]);
  return <DataTable caption="Services" columns={columns} rows={rows} rowKey={serviceOf} height="420px" />;
}

const serviceOf = ({ service }: Service): string => service;

function rowOf(service: Service, index: TopologyIndex | null): Row {
  const container = index?.get('container', service.containerId);
  if (container === undefined || index === null)
    return { ...service, state: null, instances: NO_VALUE, name: service.service };
  const instances = index.instancesOfContainer(container.id);
  const well = wellBeingOfContainer(container, instances);
  return {
    ...service,
    name: container.name,
    state: shownContainerState(container, well),
    instances: well.text ?? plural(instances.length, 'instance'),
  };
}

const yesNo = (value: boolean | null): string => (value === null ? NO_VALUE : value ? 'Yes' : 'No');

const columns: Column<Row>[] = [
  {
    key: 'service',
    header: 'Service',
    primary: true,
    value: ({ name }) => name,
    cell: ({ name, service, containerId }) =>
      containerId === null ? (
        <Link to="/services/$service" params={{ service }} className="hover:underline">
          {name}
        </Link>
      ) : (
        <ResourceLink kind="service" id={containerId}>
          {name}
        </ResourceLink>
      ),
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 160,
    value: ({ state }) => state,
    cell: ({ state }) => (state === null ? NO_VALUE : <StateLabel state={state} />),
  },
  { key: 'instances', header: 'Instances', priority: 2, width: 180, cell: ({ instances }) => instances },
  {
    key: 'enabled',
    header: 'Enabled',
    priority: 3,
    width: 110,
    value: ({ isEnabled }) => yesNo(isEnabled),
    cell: ({ isEnabled }) => yesNo(isEnabled),
  },
  {
    key: 'ha',
    header: 'High availability',
    priority: 4,
    width: 150,
    value: ({ isHighlyAvailable }) => yesNo(isHighlyAvailable),
    cell: ({ isHighlyAvailable }) => yesNo(isHighlyAvailable),
  },
  {
    key: 'updates',
    header: 'Updates itself',
    priority: 5,
    width: 130,
    value: ({ isAutoUpdated }) => yesNo(isAutoUpdated),
    cell: ({ isAutoUpdated }) => yesNo(isAutoUpdated),
  },
];
