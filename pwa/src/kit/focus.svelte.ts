import { tick } from 'svelte';

/** What was shown takes the focus, so that whoever listens hears where they are; the first that is there. */
export async function focusOn(...selectors: string[]): Promise<void> {
  await tick();
  const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector)).find((element) => element);
  if (!found) return;
  if (!found.matches('a, button, input, select, textarea, [tabindex]')) found.tabIndex = -1;
  found.focus();
}

/** On a form: whoever was refused is led to the first field at fault. */
export const leadsToFault = (fault: () => unknown) => (form: HTMLElement) => {
  $effect(() => {
    if (!fault()) return;
    void tick().then(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  });
};
