/**
 * True only where the text is in the clipboard for sure. Without `navigator.clipboard` (plain http on another host) and
 * where it is denied, the older way is tried; `beside` must be in the same dialog, for a dialog keeps the focus inside.
 */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    // Undefined on plain http, whatever its type says.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard !== undefined) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Denied by the browser, a policy or the person.
  }
  return copySelected(text, beside);
}

function copySelected(text: string, beside: HTMLElement): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.style.cssText = 'position: fixed; opacity: 0; pointer-events: none';
  beside.after(area);
  try {
    area.select();
    // Deprecated, and the only way there is on plain http.
    return area.selectionEnd === text.length && document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
