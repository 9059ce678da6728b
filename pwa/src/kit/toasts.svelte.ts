export type Toast = { id: number; text: string; action?: { label: string; run: () => void } };

export const toasts = $state<Toast[]>([]);
let last = 0;

/** A short word at the edge of the screen; one with an action stays until it is used or closed. */
export function toast(text: string, action?: Toast['action']): void {
  const id = ++last;
  toasts.push({ id, text, action });
  if (!action) setTimeout(() => dismiss(id), 6000);
}

export function dismiss(id: number): void {
  const index = toasts.findIndex((item) => item.id === id);
  if (index >= 0) toasts.splice(index, 1);
}
