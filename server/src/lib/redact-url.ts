export const WITHHELD = '(withheld)';

/** Names of fields, variables and query parameters whose value is likely a secret. */
const SECRET_NAME =
  /token|secret|passw|passphrase|^pwd$|api[-_.]?key|access[-_.]?key|private[-_.]?key|^key$|auth(?!or)|credential|signature|^sig$|session|^code$|jwt|bearer|cookie/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

const URLS = /\b([a-z][a-z0-9+.-]*(?:::[a-z][a-z0-9+.-]*)?):\/\/([^\s"'<>`\\]+)/gi;
/** `user:password@host…`, as git and databases take it too. */
const WITHOUT_SCHEME = /^[^\s:/@]+:[^\s/@]+@(?=[\w.[-])/;

/**
 * The text with the credentials of every URL in it removed: user and password (but `git`, the name every ssh host has),
 * and the values of query parameters and fragments whose names sound secret.
 */
export function redactUrls(text: string): string {
  if (!text.includes('@') && !text.includes('://')) return text;
  const inUrls = text.replaceAll(URLS, (_url, scheme: string, rest: string) => {
    const [authority, path] = splitAuthority(rest);
    return `${scheme}://${withoutUser(authority)}${redactParameters(path)}`;
  });
  return inUrls.startsWith('mailto:') ? inUrls : inUrls.replace(WITHOUT_SCHEME, '');
}

/** Only scheme and host of a URL whose path or query is a secret, such as a webhook's. */
export function redactToHost(text: string): string {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\s]+)/i.exec(text) ?? [];
  if (scheme === undefined || authority === undefined) return WITHHELD;
  const host = withoutUser(authority);
  return /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}/${WITHHELD}` : WITHHELD;
}

/** A password may hold `/`, `?` or `#` unencoded: what stands after the host's colon is then no port. */
function splitAuthority(rest: string): [authority: string, path: string] {
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const broken = /^[^@[]*:(?!\d*$)/.test(authority) && !authority.includes('@') && rest.includes('@');
  const start = broken ? rest.lastIndexOf('@') + 1 : 0;
  const next = broken ? rest.slice(start).search(/[/?#]/) : end;
  return next === -1 ? [rest.slice(start), ''] : [rest.slice(start, start + next), rest.slice(start + next)];
}

function withoutUser(authority: string): string {
  const at = authority.lastIndexOf('@');
  return at === -1 || authority.slice(0, at) === 'git' ? authority : authority.slice(at + 1);
}

function redactParameters(pathAndQuery: string): string {
  return pathAndQuery.replaceAll(/([?&#;])([^=?&#;]+)=([^&#;]*)/g, (whole, separator: string, name: string) =>
    isSecretName(decoded(name)) ? `${separator}${name}=${WITHHELD}` : whole,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
