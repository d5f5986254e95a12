import type { FirewallResponse } from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { accessRefusal } from '@cyclorama/shared/rules/robot-access.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../../../api/query-view.tsx';
import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { ErrorState, LoadingState } from '../../../../ui/states.tsx';
import { bookingName } from '../../names.rules.ts';
import { firewallQuery, useAddRule, useClearRules } from '../queries.ts';
import { FirewallRuleForm } from './FirewallRuleForm.tsx';

const noIpv4 =
  'Your public IPv4 address is unknown, and the robot’s firewall takes IPv4 only. Enter it below';

export function FirewallPanel({ booking }: { booking: Booking }) {
  const { user } = useSession();
  const refusal = accessRefusal('firewall', booking, user);
  return (
    <Panel
      title="Firewall"
      actions={
        booking.state === 'ready' && <span className="text-xs text-muted">1. Open it for your address</span>
      }
    >
      {refusal === null ? <Firewall booking={booking} /> : <p className="text-muted">{refusal}</p>}
    </Panel>
  );
}

function Firewall({ booking }: { booking: Booking }) {
  const query = useQuery(firewallQuery(booking.id));
  return (
    <QueryView query={query} loading={<LoadingState rows={2} label="Loading firewall" />}>
      {(data) => (
        <div className="flex flex-col gap-3">
          <Rules rules={data.rules} />
          <OwnAddress bookingId={booking.id} firewall={data} />
          <FirewallRuleForm bookingId={booking.id} />
          <ClearRules booking={booking} count={data.rules?.length ?? 0} />
        </div>
      )}
    </QueryView>
  );
}

function Rules({ rules }: { rules: FirewallResponse['rules'] }) {
  if (rules === null || rules.length === 0) {
    return <p>No rules. All connections are dropped until you add one.</p>;
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="text-xs text-muted">The first matching rule decides. Everything else is dropped.</p>
      <ol aria-label="Firewall rules" className="divide-y divide-line rounded-md border border-line">
        {rules.map(({ source, action }, index) => (
          // Rules have no ids upstream; equal rules differ by position only.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="flex h-8 items-center gap-3 px-3">
            <span className="w-5 text-right text-muted">{index + 1}</span>
            <code className="min-w-0 flex-1 truncate font-mono text-xs">{source}</code>
            <span>{action}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function OwnAddress({ bookingId, firewall }: { bookingId: string; firewall: FirewallResponse }) {
  const add = useAddRule(bookingId);
  const { yourAddress, rules } = firewall;
  const isOpen =
    rules?.some(
      ({ source, action }) =>
        action === 'ACCEPT' &&
        (source === yourAddress || source === `${yourAddress}/32` || source === '0.0.0.0/0'),
    ) === true;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={isOpen ? 'secondary' : 'primary'}
          pending={add.isPending}
          disabledReason={
            yourAddress === null ? noIpv4 : isOpen ? 'A rule already allows your address' : undefined
          }
          onClick={() => yourAddress !== null && add.mutate({ source: yourAddress, action: 'ACCEPT' })}
        >
          Allow my address{yourAddress !== null && ` (${yourAddress})`}
        </Button>
      </div>
      {yourAddress === null && <p className="text-muted">{noIpv4}.</p>}
      {add.isError && <ErrorState compact error={add.error} />}
    </div>
  );
}

function ClearRules({ booking, count }: { booking: Booking; count: number }) {
  const [isAsking, setAsking] = useState(false);
  const clear = useClearRules(booking.id);
  const close = () => {
    clear.reset();
    setAsking(false);
  };
  return (
    <div>
      <Button
        size="sm"
        disabledReason={count === 0 ? 'There are no rules' : undefined}
        onClick={() => setAsking(true)}
      >
        Clear all rules…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title={`Clear the firewall of ${bookingName(booking)}?`}
        body="All connections are dropped, open ones too, until you add a rule."
        actionLabel="Clear all rules"
        pending={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate(undefined, { onSuccess: close })}
      />
    </div>
  );
}
