import type { ContainerDetail } from '@cyclorama/shared/environment.ts';

import { NO_VALUE } from '../../../../lib/units.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Absolute } from '../../../../ui/time.tsx';

function None({ text }: { text: string }) {
  return <p className="p-3 text-muted">{text}</p>;
}

export function DomainList({ domains }: { domains: ContainerDetail['domains'] }) {
  return (
    <Panel title="Domains" flush>
      {domains.length === 0 ? (
        <None text="No domains." />
      ) : (
        <ul className="divide-y divide-line">
          {domains.map((domain) => (
            <li key={domain.id} className="flex min-h-9 flex-wrap items-center gap-x-3 px-3 py-1">
              <span className="font-medium">{domain.name}</span>
              <Badge tone={domain.tls ? 'neutral' : 'warning'}>{domain.tls ? 'TLS' : 'No TLS'}</Badge>
              {domain.certificateExpires !== null && (
                <span className="ml-auto text-xs text-muted">
                  Certificate expires <Absolute at={domain.certificateExpires} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function VolumeList({ volumes }: { volumes: ContainerDetail['volumes'] }) {
  return (
    <Panel title="Volumes" flush>
      {volumes.length === 0 ? (
        <None text="No volumes." />
      ) : (
        <ul className="divide-y divide-line">
          {volumes.map((volume) => (
            <li key={volume.id} className="flex min-h-9 items-center gap-3 px-3">
              <span className="min-w-0 flex-1 truncate">{volume.identifier ?? NO_VALUE}</span>
              <span className="text-muted">{volume.maxSize ?? NO_VALUE}</span>
              <CopyId id={volume.id} label="volume id" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function NameList({ names }: { names: readonly string[] }) {
  return (
    <Panel title="Environment variables" flush>
      {names.length === 0 ? (
        <None text="No environment variables." />
      ) : (
        <div className="p-3">
          <p className="mb-2 text-xs text-muted">
            Names only. Values stay on the server, as they may be secrets.
          </p>
          <ul className="flex flex-wrap gap-1.5">
            {names.map((name) => (
              <li key={name} className="rounded border border-line bg-sunken px-1.5">
                <code className="font-mono text-xs break-all">{name}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
