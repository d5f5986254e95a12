/** The path of PUBLIC_URL, which the server writes into the page, such as `/ops/dash`; empty at the root. */
export const basePath = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';

/** What scripts put before a path of the API. */
export const dashboardUrl = window.location.origin + basePath;
