/** A way back that came in the address: only a path of our own, else `otherwise`. */
export function ownPath(wanted: string | null, origin: string, otherwise: string): string {
  if (!wanted?.startsWith('/')) return otherwise;
  // A browser reads "//x", "/\\x" and "/<tab>/x" as another host, so it is asked.
  return URL.canParse(wanted, origin) && new URL(wanted, origin).origin === origin ? wanted : otherwise;
}
