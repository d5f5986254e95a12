import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';

import { answerAround } from '../../api/answers.ts';
import { useConnection } from '../../api/connection.ts';
import { freshnessOf } from '../../api/freshness.ts';
import { upstreamsQuery } from '../../api/upstreams.ts';
import { useClockAhead, useServerNow } from '../../lib/server-clock.ts';
import { useZone } from '../../lib/time.ts';
import { useHasPast, useMomentSearch } from '../../router/moment.ts';
import { placeBeside } from '../../ui/place.ts';
import { sourceOf, sourceText } from './source.rules.ts';
import { useRestedOn } from './use-rested-on.ts';
import type { RestedOn } from './use-rested-on.ts';

/**
 * Where what the pointer rests on comes from, and how old it is; also of what the keyboard leads to, which a screen
 * reader then reads as its description. One element for the whole page: nothing that is shown is rendered for it.
 */
export function SourceHint() {
  const rested = useRestedOn();
  return rested === null ? null : <Hint {...rested} />;
}

function Hint({ element, place, byKeyboard }: RestedOn) {
  const id = useId();
  const tip = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  // How new what is pushed is, only the server knows: asked anew for each hint, which costs no upstream anything.
  const { data: asked } = useQuery({ ...upstreamsQuery, staleTime: 0 });
  const { state } = useConnection();
  const moment = useMomentSearch();
  const hasPast = useHasPast();
  const now = useServerNow();
  const ahead = useClockAhead();
  const zone = useZone();
  useEffect(() => {
    tip.current?.showPopover?.();
    if (tip.current !== null) placeBeside(tip.current, place, 'below-start');
  }, [place]);
  useEffect(() => {
    if (!byKeyboard) return undefined;
    element.setAttribute('aria-describedby', id);
    return () => element.removeAttribute('aria-describedby');
  }, [element, byKeyboard, id]);
  // Anew each second: a newer answer may have come.
  const answer = answerAround(element);
  if (answer?.data === undefined) return null;
  const found = client
    .getQueryCache()
    .getAll()
    .find((query) => query.state.data === answer.data);
  const freshness = freshnessOf(answer.data);
  const text = sourceText({
    source: sourceOf(found?.queryKey, freshness),
    freshness,
    readAt: answer.dataUpdatedAt + ahead,
    now,
    moment: hasPast ? moment : null,
    upstreams: asked?.upstreams ?? [],
    isStreamLive: state === 'live',
    zone,
  });
  return (
    <div
      ref={tip}
      id={id}
      role="tooltip"
      popover="manual"
      data-print="hide"
      className="pointer-events-none m-0 max-w-80 rounded-md border border-line bg-panel px-2 py-1 text-xs text-text shadow-pop"
    >
      {text}
    </div>
  );
}
