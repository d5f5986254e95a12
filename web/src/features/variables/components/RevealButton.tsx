import { Button } from '../../../ui/button.tsx';

type RevealButtonProps = { name: string; isEmpty: boolean; mayReveal: boolean; onAsk: () => void };

export function RevealButton({ name, isEmpty, mayReveal, onAsk }: RevealButtonProps) {
  const reason = isEmpty
    ? 'It has no value: Cycle could not fetch it from its URL, or it was given none.'
    : mayReveal
      ? undefined
      : 'Only admins can show a value.';
  return (
    <Button size="sm" aria-label={`Show ${name}`} disabledReason={reason} onClick={onAsk}>
      Show…
    </Button>
  );
}
