import { RawAnswer } from './raw-answer.tsx';
import type { RawAnswerProps } from './raw-answer.tsx';
import { Ago } from './time.tsx';

type RawDetailsProps = RawAnswerProps & {
  /** "Cycle’s internal API". */
  source: string;
  readAt: string | null;
};

/** Where what stands above comes from, how old it is, and the same for a script. */
export function RawDetails({ source, readAt, ...raw }: RawDetailsProps) {
  return (
    <section aria-label="Source" className="flex flex-col gap-2">
      <p className="text-muted">
        From {source}
        {readAt !== null && (
          <>
            , read <Ago at={readAt} />
          </>
        )}
        .
      </p>
      <details className="min-w-0">
        <summary className="cursor-pointer text-muted hover:text-text">As JSON and curl</summary>
        <div className="mt-2 flex flex-col gap-2">
          <RawAnswer {...raw} />
        </div>
      </details>
    </section>
  );
}
