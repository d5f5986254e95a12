import { createStore, keepChoice, readChoice, useStore } from '../../../lib/store.ts';

const keyOf = (person: string): string => `cyclorama.first-visit.${person}`;
const dismissed = createStore<string | null>(null);

/** Whether this person has not yet dismissed what is said on a first visit, in this browser. */
export function useIsFirstVisit(person: string): boolean {
  return useStore(dismissed) !== person && readChoice(keyOf(person), ['due', 'done']) === 'due';
}

export function dismissFirstVisit(person: string): void {
  keepChoice(keyOf(person), 'done');
  dismissed.set(person);
}
