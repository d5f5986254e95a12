/** A page of the dashboard to go back to; `/` for whatever leads out of it or is no page. */
export function returnPath(given: unknown): string {
  const here = 'http://here.invalid';
  if (typeof given !== 'string' || !given.startsWith('/') || !URL.canParse(given, here)) return '/';
  const { origin, pathname, search } = new URL(given, here);
  // `//host` would be another site to whoever puts nothing in front of it.
  if (origin !== here || pathname.startsWith('//') || /^\/api(\/|$)/.test(pathname)) return '/';
  return pathname + search;
}
