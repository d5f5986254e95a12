/**
 * Short news in a corner, for what happened away from where the person looks. The library is fetched with the
 * first toast: the first page doesn't pay for it. Failures that need reading belong where the person acted.
 */
export const toast = {
  async success(message: string, description?: string): Promise<void> {
    const { toast: show } = await import('./toaster.tsx');
    show.success(message, description === undefined ? {} : { description });
  },
  async error(message: string, description?: string): Promise<void> {
    const { toast: show } = await import('./toaster.tsx');
    show.error(message, description === undefined ? {} : { description });
  },
  async info(message: string, description?: string): Promise<void> {
    const { toast: show } = await import('./toaster.tsx');
    show(message, description === undefined ? {} : { description });
  },
};
