export type Toast = { id: number; text: string; action?: { label: string; run: () => void } };

export const toasts = $state<Toast[]>([]);
let last = 0;

function add(text: string, action: Toast['action'], seconds: number | undefined): number {
  const id = ++last;
  toasts.push({ id, text, action });
  if (seconds) setTimeout(() => dismiss(id), seconds * 1000);
  return id;
}

/** A short word at the edge of the screen; one with an action stays until it is used or closed. */
export function toast(text: string, action?: Toast['action']): void {
  add(text, action, action ? undefined : 6);
}

/** A way back that stands open for a while; the number takes it away earlier. */
export const offer = (text: string, action: Toast['action'], seconds: number): number => add(text, action, seconds);

export function dismiss(id: number): void {
  const index = toasts.findIndex((item) => item.id === id);
  if (index >= 0) toasts.splice(index, 1);
}
