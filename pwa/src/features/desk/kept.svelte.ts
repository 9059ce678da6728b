const MARK = 'desk ';

/** What a member is writing about a concern; it outlives the page in this tab until it was sent. */
export function kept(concern: string | undefined, what: string) {
  const key = concern && `${MARK}${concern} ${what}`;
  let text = $state((key && sessionStorage.getItem(key)) || '');
  return {
    get text() {
      return text;
    },
    set text(next: string) {
      text = next;
      if (!key) return;
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
    },
  };
}
