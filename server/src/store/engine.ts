/** What the store runs on: one schema, two engines. */
export type Engine = 'sqlite' | 'postgres';
