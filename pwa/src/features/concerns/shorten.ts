/** How a text begins, cut between words; nothing where the beginning would be all of it. */
export function shorten(text: string, most = 72): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= most) return '';
  return `${flat.slice(0, most).replace(/ \S*$/, '').replace(/[.,;:!?…]+$/, '')}…`;
}
