import type { VpnClient } from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { accessRefusal } from '@cyclorama/shared/rules/robot-access.ts';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';

import { QueryView } from '../../../../api/query-view.tsx';
import { useSession } from '../../../../api/session.ts';
import { saveFile } from '../../../../lib/save-file.ts';
import { Button } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { ErrorState, LoadingState } from '../../../../ui/states.tsx';
import { TextToCopy } from '../../../../ui/text-to-copy.tsx';
import { useMakeVpnClient, vpnQuery } from '../queries.ts';

export function VpnPanel({ booking }: { booking: Booking }) {
  const { user } = useSession();
  const refusal = accessRefusal('VPN', booking, user);
  return (
    <Panel title="VPN">
      {refusal === null ? <Vpn bookingId={booking.id} /> : <p className="text-muted">{refusal}</p>}
    </Panel>
  );
}

const words = {
  none: 'Not started. The first client starts it.',
  preparing: 'Starting. This takes up to 30 s.',
  ready: 'Running.',
} as const;

function Vpn({ bookingId }: { bookingId: string }) {
  const query = useQuery(vpnQuery(bookingId));
  const make = useMakeVpnClient(bookingId);
  // Only in this component, until it is downloaded: the profile gives access to the robot's network.
  const [profile, setProfile] = useState<VpnClient | null>(null);
  return (
    <QueryView query={query} loading={<LoadingState rows={2} label="Loading VPN" />}>
      {({ status, clients }) => (
        <div className="flex flex-col gap-3">
          <p>{words[status]}</p>
          {clients.length > 0 && (
            <ul aria-label="VPN clients" className="flex flex-col gap-1">
              {clients.map((client) => (
                <li key={client}>
                  <CopyId id={client} label="VPN client" />
                </li>
              ))}
            </ul>
          )}
          {profile === null ? (
            <div>
              <Button
                pending={make.isPending}
                disabledReason={status === 'preparing' ? words.preparing : undefined}
                onClick={() =>
                  make.mutate(undefined, {
                    onSuccess: (client) => {
                      setProfile(client);
                      make.reset();
                    },
                  })
                }
              >
                {make.isPending ? 'Creating client, up to 20 s…' : 'Create VPN client'}
              </Button>
            </div>
          ) : (
            <TakeProfile profile={profile} onTaken={() => setProfile(null)} />
          )}
          {make.isError && <ErrorState compact error={make.error} />}
        </div>
      )}
    </QueryView>
  );
}

function TakeProfile({ profile, onTaken }: { profile: VpnClient; onTaken: () => void }) {
  const [isBlocked, setIsBlocked] = useState(false);
  const name = `cyclorama-${profile.clientId.replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 24) || 'vpn'}.ovpn`;
  return (
    <div className="flex flex-col items-start gap-2 rounded-md border border-warning-line bg-warning-soft px-3 py-2">
      <output>
        Download the profile now. It can’t be downloaded again, and is gone when you leave this page.
      </output>
      <Button
        variant="primary"
        icon={<Download aria-hidden size={14} />}
        onClick={() => {
          if (saveFile(name, profile.ovpn, 'application/x-openvpn-profile')) onTaken();
          else setIsBlocked(true);
        }}
      >
        Download {name}
      </Button>
      {isBlocked && <TextToCopy text={profile.ovpn} label="VPN profile" />}
    </div>
  );
}
