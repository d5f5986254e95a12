import type { PersonSession, TeamPerson } from '@cyclorama/shared/team.ts';

export const personSession = (over: Partial<PersonSession> = {}): PersonSession => ({
  id: 's1',
  way: 'vpn',
  createdAt: '2026-03-01T00:00:00Z',
  lastSeenAt: '2026-03-01T01:00:00Z',
  expiresAt: '2999-01-01T00:00:00Z',
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  current: false,
  ...over,
});

export const teamPerson = (over: Partial<TeamPerson> = {}): TeamPerson => ({
  name: 'vera',
  way: 'vpn',
  role: 'viewer',
  roleFrom: 'default',
  roleSet: null,
  lastSeenAt: '2026-03-01T01:00:00Z',
  confirmedAt: '2026-03-01T00:00:00Z',
  blocked: null,
  lapse: null,
  sessions: [],
  tokens: [],
  ...over,
});
