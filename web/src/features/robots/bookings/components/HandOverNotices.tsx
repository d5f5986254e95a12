import type { HandOverNotice } from '@cyclorama/shared/hand-overs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { api } from '../../../../api/http.ts';
import { useChange } from '../../../../api/use-change.ts';
import { Button } from '../../../../ui/button.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { bookingName } from '../../names.rules.ts';
import { handOverNoticesQuery } from '../hand-over.queries.ts';

/** Over every page, at its foot, so that nothing moves: robots handed over to the person, until dismissed. */
export function HandOverNotices({ notices }: { notices: readonly HandOverNotice[] }) {
  return (
    <section
      aria-label="Handed over to you"
      data-print="hide"
      className="fixed bottom-3 left-1/2 z-40 flex max-h-[40vh] w-[min(480px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-2 overflow-y-auto"
    >
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Notice({ notice }: { notice: HandOverNotice }) {
  const dismiss = useDismissHandOver();
  const name = bookingName(notice);
  const giver = notice.by ?? notice.from ?? 'Someone';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line-strong bg-panel px-3 py-2 shadow-lg">
      <output className="min-w-0 flex-1 wrap-anywhere">
        <bdi>{giver}</bdi> handed <bdi>{name}</bdi> over to you <Ago at={notice.at} />.
      </output>
      <Link
        to="/robots/bookings/$bookingId"
        params={{ bookingId: notice.bookingId }}
        className="text-accent-text hover:underline"
      >
        Open {name}
      </Link>
      <Button size="sm" pending={dismiss.isPending} onClick={() => dismiss.mutate(notice.id)}>
        Dismiss
      </Button>
    </div>
  );
}

function useDismissHandOver() {
  const client = useQueryClient();
  return useChange({
    change: (id: string) => api.delete(paths.handOverNotice(id)),
    onSettled: () => client.invalidateQueries({ queryKey: handOverNoticesQuery.queryKey }),
  });
}
