/** Cookies by host and port, kept over a chain of redirects and forms like a browser's. */
export type WebWalk = {
  /** Follows redirects and sends the forms of the pages until it leads to where `until` says. */
  follow(start: string, fields: Record<string, string>, until: (url: URL) => boolean): Promise<URL>;
  get(url: string): Promise<Response>;
  cookies(origin: string): string;
};

const MAX_STEPS = 20;

/** A browser that knows pages with one form each, such as those of a sign-in provider. */
export function createWebWalk(): WebWalk {
  const jar = new Map<string, Map<string, string>>();
  const cookies = (origin: string): string =>
    [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

  const send = async (url: URL, form?: URLSearchParams): Promise<Response> => {
    const body = form === undefined ? {} : { method: 'POST', body: form };
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies(url.origin) },
      ...body,
    });
    const kept = jar.get(url.origin) ?? new Map<string, string>();
    jar.set(url.origin, kept);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    return answer;
  };

  return {
    cookies,
    get: (url) => send(new URL(url)),
    async follow(start, fields, until) {
      let url = new URL(start);
      let form: URLSearchParams | undefined;
      for (let step = 0; step < MAX_STEPS; step += 1) {
        const answer = await send(url, form);
        const location = answer.headers.get('location');
        if (location !== null) {
          url = new URL(location, url);
          form = undefined;
          if (until(url)) return url;
          continue;
        }
        const page = await answer.text();
        const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
        if (action === undefined)
          throw new Error(`${url.href} answered ${answer.status} without a form: ${page}`);
        url = new URL(action.replaceAll('&amp;', '&'), url);
        form = new URLSearchParams();
        for (const [input] of page.matchAll(/<input[^>]*>/g)) {
          const name = /name="([^"]*)"/.exec(input)?.[1];
          if (name !== undefined) form.set(name, fields[name] ?? /value="([^"]*)"/.exec(input)?.[1] ?? '');
        }
      }
      throw new Error(`no end after ${MAX_STEPS} steps, at ${url.href}`);
    },
  };
}
