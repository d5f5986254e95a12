import { paths } from '@cyclorama/shared/paths.ts';
import type { DeploymentDetail } from '@cyclorama/shared/robot-fleet.ts';
import { newBookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { useSession } from '../../../api/session.ts';
import { useServerNow } from '../../../lib/server-clock.ts';
import { PageTabs } from '../../../router/page-tabs.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RawAnswer } from '../../../ui/raw-answer.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { BookDialog } from '../bookings/components/BookDialog.tsx';
import { QueueChart } from '../fleet/components/QueueChart.tsx';
import { OneRobotTimeline } from '../fleet/components/RobotTimeline.tsx';
import { WatchButton } from '../fleet/components/WatchButton.tsx';
import { forecastText, waitBasis } from '../fleet/forecast.rules.ts';
import { deploymentQuery } from '../fleet/queries.ts';
import { deploymentName } from '../names.rules.ts';
import { deploymentsQuery } from '../queries.ts';
import { queueText } from '../rules.ts';
import { NicknameButton } from './components/NicknameDialog.tsx';
import { Occupancy } from './components/Occupancy.tsx';
import { RobotBookings } from './components/RobotBookings.tsx';
import { RobotHead } from './components/RobotHead.tsx';
import { RobotRelations } from './components/RobotRelations.tsx';

export function DeploymentPage() {
  const { deploymentId = '' } = useParams({ strict: false });
  const query = useQuery(deploymentQuery(deploymentId));
  return (
    <Page
      title={query.data === undefined ? 'Robot' : deploymentName(query.data.deployment)}
      subtitle={query.data === undefined ? null : <RobotHead robot={query.data.deployment} />}
      actions={query.data !== undefined && <Actions detail={query.data} />}
    >
      <QueryView query={query} loading={<LoadingState rows={10} label="Loading robot" />}>
        {(detail) => <Content detail={detail} />}
      </QueryView>
    </Page>
  );
}

function Actions({ detail: { deployment, watching } }: { detail: DeploymentDetail }) {
  const { user } = useSession();
  const navigate = useNavigate();
  const all = useQuery(deploymentsQuery);
  const [isBooking, setBooking] = useState(false);
  return (
    <>
      <WatchButton deploymentId={deployment.id} watching={watching} />
      <Button
        variant="primary"
        disabledReason={newBookingRefusal(deployment, user.role) ?? undefined}
        onClick={() => setBooking(true)}
      >
        Book {deploymentName(deployment)}…
      </Button>
      {isBooking && (
        <BookDialog
          deployments={all.data?.deployments ?? [deployment]}
          types={all.data?.types ?? [deployment.type]}
          deploymentId={deployment.id}
          onClose={() => setBooking(false)}
          onBooked={({ id }) =>
            void navigate({ to: '/robots/bookings/$bookingId', params: { bookingId: id } })
          }
        />
      )}
    </>
  );
}

function Content({ detail }: { detail: DeploymentDetail }) {
  const { deployment } = detail;
  const now = useServerNow();
  return (
    <PageTabs
      name={deploymentName(deployment)}
      contents={{
        summary: (
          <>
            <div className="grid gap-3 lg:grid-cols-2">
              <Panel title="Robot" actions={<NicknameButton robot={deployment} />}>
                <Facts deployment={deployment} />
              </Panel>
              <Panel title="Expected wait">
                <p>{forecastText(detail.forecast)}</p>
                <p className="mt-2 text-muted">{waitBasis}</p>
              </Panel>
            </div>
            <RobotBookings bookings={detail.bookings} />
          </>
        ),
        events: <OneRobotTimeline robot={deployment} />,
        telemetry: (
          <Panel title="Queue length">
            <QueueChart history={detail.queueHistory} now={now} />
          </Panel>
        ),
        relations: <RobotRelations detail={detail} />,
        raw: <RawAnswer path={paths.deployment(deployment.id)} data={detail} />,
      }}
    />
  );
}

function Facts({ deployment }: { deployment: DeploymentDetail['deployment'] }) {
  return (
    <DefinitionList
      items={[
        ['State', <Occupancy key="s" robot={deployment} />],
        ['Nickname', deployment.nickname ?? 'none'],
        ['Queue', queueText(deployment.queueLength)],
        [
          'Type',
          deployment.typeVersion === null ? deployment.type : `${deployment.type} v${deployment.typeVersion}`,
        ],
        ['Region', deployment.region || null],
        ['Description', deployment.description || null],
        ['Add-ons', deployment.addons.join(', ') || 'none'],
        ['Times used', deployment.instancesSoFar?.toLocaleString('en') ?? null],
        [
          'Listed since',
          deployment.createdAt === null ? null : <Absolute key="c" at={deployment.createdAt} />,
        ],
        ['Id', <CopyId key="i" id={deployment.id} label="robot id" />],
      ]}
    />
  );
}
