import { Ago } from './time.tsx';

export type SourceLineProps = {
  /** "Cycle’s internal API". */
  source: string;
  readAt: string | null;
};

export function SourceLine({ source, readAt }: SourceLineProps) {
  return (
    <p className="text-muted">
      From {source}
      {readAt !== null && (
        <>
          , read <Ago at={readAt} />
        </>
      )}
      .
    </p>
  );
}
