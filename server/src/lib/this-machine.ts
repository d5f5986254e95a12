export function isThisMachine(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^(127\.|\[::1\]$|0\.0\.0\.0$)/.test(hostname)
  );
}
