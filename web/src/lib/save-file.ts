/** False where this browser can't be handed a file. */
export function saveFile(name: string, content: string | Blob, type = 'application/octet-stream'): boolean {
  if (!('download' in HTMLAnchorElement.prototype)) return false;
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  // Not handed over where something on the page, such as an extension, took the click.
  const isHandedOver = link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  link.remove();
  // The browser reads the URL after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return isHandedOver;
}
