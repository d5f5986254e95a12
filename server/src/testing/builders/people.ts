import type { Person } from '../../lib/person.ts';

export const ada: Person = { name: 'ada', role: 'admin' };
export const oscar: Person = { name: 'oscar', role: 'operator' };
export const olga: Person = { name: 'olga', role: 'operator' };
