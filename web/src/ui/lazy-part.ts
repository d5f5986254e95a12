import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

import { fetchedPart } from '../lib/fetched-part.ts';

/** A component loaded on first render, by its export's name. */
export function lazyPart<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await fetchedPart(load))[name] }));
}
