/** Frames of each lane, as high as theirs usually are. */
const lanes = [[2, 5], [1, 1, 2], [4, 2, 5, 3], [2, 2, 1], [4]] as const;

/** In the shape of the toolbar, the picture and its legend, so that nothing moves when they come. */
export function TopologySkeleton() {
  return (
    <output aria-label="Loading topology" className="flex flex-1 flex-col gap-3">
      <span className="flex flex-wrap items-center gap-2">
        <span className="h-8 w-64 rounded-md bg-active max-sm:w-full" />
        {['w-20', 'w-28', 'w-32', 'w-28'].map((width, at) => (
          <span key={at} className={`h-8 rounded-md bg-active ${width}`} />
        ))}
      </span>
      <span className="flex min-h-[320px] flex-1 justify-center gap-8 overflow-hidden rounded-lg border border-line bg-bg p-6">
        {lanes.map((frames, lane) => (
          <span key={lane} className="flex flex-1 flex-col gap-4">
            <span className="h-3 w-2/3 rounded bg-active" />
            {frames.map((rows, at) => (
              <span key={at} className="rounded bg-active" style={{ height: `${rows * 32}px` }} />
            ))}
          </span>
        ))}
      </span>
      <span className="h-4 w-1/2 rounded bg-active" />
    </output>
  );
}
