/** The municipality a link names, for whoever comes from a letter, a push or a feed: whichever is theirs. */
export function asked(query: URLSearchParams): string | undefined {
  const slug = query.get('bashkia');
  // It becomes part of an address of the API.
  return slug && /^[a-z-]+$/.test(slug) ? slug : undefined;
}
