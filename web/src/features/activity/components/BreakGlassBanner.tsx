import { activityPage } from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { useQuery } from '@tanstack/react-query';
import { Siren } from 'lucide-react';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { Ago } from '../../../ui/time.tsx';

const SHOWN_MS = 86_400_000;

/** For admins: a sign-in nobody expects should not have to be looked for. */
export function BreakGlassBanner() {
  const { data } = useQuery({
    queryKey: [...keys.activity, 'break-glass'],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(paths.activity(), {
          way: 'break-glass',
          action: 'session.sign-in',
          from: new Date(Date.now() - SHOWN_MS).toISOString(),
          limit: 1,
        }),
        activityPage,
        { signal },
      ),
    refetchInterval: 60_000,
  });
  const [last] = data?.entries ?? [];
  if (last === undefined) return null;
  const address = last.origin?.address ?? null;
  return (
    <div className="flex min-h-8 items-center gap-2 border-t border-warning-line bg-warning-soft px-4 py-1 text-xs text-warning-text">
      <Siren aria-hidden size={14} className="shrink-0" />
      <output>
        The break-glass admin {last.actor} signed in <Ago at={last.at} />
        {address !== null && ` from ${address}`}. If nobody of you did, change BREAK_GLASS_PASSWORD_HASH.
      </output>
    </div>
  );
}
