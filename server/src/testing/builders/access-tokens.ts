import type { AccessTokenRow } from '../../store/access-tokens.ts';
import { oscar } from './people.ts';

export const accessTokenRow = (over: Partial<AccessTokenRow> = {}): AccessTokenRow => ({
  id: 't',
  owner: oscar.name,
  name: 'ci',
  role: 'operator',
  prefix: 'p',
  hash: 'h',
  created_at: 1,
  expires_at: 2,
  last_used_at: null,
  ...over,
});
