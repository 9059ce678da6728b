/** Begins the name of everything this tab keeps of what somebody is writing. */
export const MARK = 'question ';

/** What somebody is asking; it outlives the page in this tab until it was sent or no traces are wanted. */
export function typed(about: string) {
  const key = MARK + about;
  let text = $state(sessionStorage.getItem(key) ?? '');
  return {
    get text() {
      return text;
    },
    set text(next: string) {
      text = next;
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
    },
  };
}

export function forgetTyped(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(MARK)) sessionStorage.removeItem(key);
}
