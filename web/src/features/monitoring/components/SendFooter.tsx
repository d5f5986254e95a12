import type { SentResponse } from '@cyclorama/shared/monitoring.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';

import { useSession } from '../../../api/session.ts';
import { plural } from '../../../lib/units.ts';
import { Button } from '../../../ui/button.tsx';
import { CurlBlock } from '../../../ui/curl-block.tsx';
import { ErrorState } from '../../../ui/states.tsx';

type SendFooterProps = {
  label: string;
  change: { isPending: boolean; error: Error | null; data: SentResponse | undefined };
  curl: string;
  noun: string;
};

export function SendFooter({ label, change, curl, noun }: SendFooterProps) {
  const { user } = useSession();
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          pending={change.isPending}
          disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
        >
          {label}
        </Button>
        <output>{change.data !== undefined && `Cycle took ${plural(change.data.sent, noun)}.`}</output>
      </div>
      {change.error !== null && <ErrorState compact error={change.error} />}
      <CurlBlock command={curl} />
    </>
  );
}
