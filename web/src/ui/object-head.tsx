import type { ReactNode } from 'react';

type ObjectHeadProps = {
  /** A `StateLabel`, whose "since" comes first among the children. */
  state: ReactNode;
  /** One element a fact, in this order: since, health, restarts, what it is part of and runs on, version, badges. */
  children?: ReactNode;
  addresses?: readonly (string | null)[];
};

/** An address more would take a line of its own on a phone; all are in the Summary. */
const MOST_ADDRESSES = 2;

/** The line under an object's name, the `subtitle` of its `Page`: what one asks first, without opening a tab. */
export function ObjectHead({ state, children, addresses = [] }: ObjectHeadProps) {
  const known = addresses.filter((address) => address !== null);
  const more = known.length - MOST_ADDRESSES;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-text">{state}</span>
      {children}
      {known.length > 0 && (
        // A line of their own: their font comes late and is narrower than the one before it.
        <span className="flex basis-full flex-wrap gap-x-3">
          {known.slice(0, MOST_ADDRESSES).map((address) => (
            <code key={address} className="font-mono text-xs break-all">
              {address}
            </code>
          ))}
          {more > 0 && <span title={known.slice(MOST_ADDRESSES).join(', ')}>+{more}</span>}
        </span>
      )}
    </span>
  );
}
