import type { Role } from '@cyclorama/shared/common.ts';

export type ClaimNames = { nameClaim: string; groupsClaim: string };

/** `name` is for people to read; who somebody is stands in `subject`: the issuer and its id for the person. */
export type OidcIdentity = { subject: string; name: string; groups: string[] };

type Claims = Record<string, unknown> & { sub: string };

/** Without the name claim the mail address stands in, where the provider has checked it, then the id. */
export function claimsToIdentity(claims: Claims, issuer: string, names: ClaimNames): OidcIdentity {
  const mail = claims['email_verified'] === false ? null : textOf(claims['email']);
  const isMail = names.nameClaim === 'email';
  const named = isMail ? mail : textOf(claimOf(claims, names.nameClaim));
  return {
    subject: `${issuer} ${claims.sub}`,
    name: (named ?? mail ?? claims.sub).slice(0, 200),
    groups: groupsOf(claimOf(claims, names.groupsClaim)),
  };
}

export type GroupRoles = { adminGroups: readonly string[]; operatorGroups: readonly string[] };

/** Null where no group is configured: then the role is set on the page. */
export function roleOfGroups(
  groups: readonly string[],
  { adminGroups, operatorGroups }: GroupRoles,
): Role | null {
  if (adminGroups.length === 0 && operatorGroups.length === 0) return null;
  if (groups.some((group) => adminGroups.includes(group))) return 'admin';
  return groups.some((group) => operatorGroups.includes(group)) ? 'operator' : 'viewer';
}

/** By its name, which may be an address with dots, else by its path, as in Keycloak's `realm_access.roles`. */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

function groupsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((group): group is string => typeof group === 'string');
}
