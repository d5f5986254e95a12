import { Button } from '../../../ui/button.tsx';

type OlderButtonProps = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  isEmpty: boolean;
};

export function OlderButton({
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
  isEmpty,
}: OlderButtonProps) {
  return (
    <div className="flex items-center justify-center gap-3 text-muted">
      {hasNextPage ? (
        <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? 'Loading older entries…' : 'Load older entries'}
        </Button>
      ) : (
        !isEmpty && <p>No older entries.</p>
      )}
    </div>
  );
}
