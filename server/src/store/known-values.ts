export function knownOr<T extends string>(known: readonly T[], otherwise: T): (stored: T) => T {
  const values = new Set<string>(known);
  return (stored) => (values.has(stored) ? stored : otherwise);
}

type Step<S> = { from_state: S | null; to_state: S };

export function withKnownStates<S extends string>(known: readonly S[], otherwise: S) {
  const knownState = knownOr(known, otherwise);
  return <R extends Step<S>>(step: R): R => ({
    ...step,
    from_state: step.from_state && knownState(step.from_state),
    to_state: knownState(step.to_state),
  });
}

type Stateful<S> = { state: S; failure_code: string | null; failure_message: string | null };

/** A row in an unknown state gets the final state `otherwise` with the reason. */
export function withKnownState<S extends string>(known: readonly S[], otherwise: S) {
  const states = new Set<string>(known);
  return <R extends Stateful<S>>(row: R): R =>
    states.has(row.state)
      ? row
      : { ...row, state: otherwise, failure_code: 'unknown-state', failure_message: reasonOf(row.state) };
}

function reasonOf(state: string): string {
  return `Its state “${state}” is unknown to this version of Cyclorama. Update Cyclorama to see and change it.`;
}
