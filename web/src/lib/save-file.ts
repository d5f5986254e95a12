/** Saves a text as a file on the user's disk; nothing is sent anywhere. */
export function saveFile(name: string, text: string, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the file after the click: freeing it at once would cut it off.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
