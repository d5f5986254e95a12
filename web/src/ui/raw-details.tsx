import { RawAnswer } from './raw-answer.tsx';
import type { RawAnswerProps } from './raw-answer.tsx';
import { SourceLine } from './source-line.tsx';
import type { SourceLineProps } from './source-line.tsx';

type RawDetailsProps = RawAnswerProps & SourceLineProps & { label?: string };

/** Where what stands above comes from, how old it is, and the same for a script. */
export function RawDetails({ source, readAt, label = 'Source', ...raw }: RawDetailsProps) {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <SourceLine source={source} readAt={readAt} />
      <details className="min-w-0">
        <summary className="cursor-pointer text-muted hover:text-text">As JSON and curl</summary>
        <div className="mt-2 flex flex-col gap-2">
          <RawAnswer {...raw} />
        </div>
      </details>
    </section>
  );
}
