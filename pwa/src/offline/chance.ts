/** A number from 0 to below `bound`, each as likely and none to be foreseen. */
export function draw(bound: number): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((high * 2 ** 21 + (low >>> 11)) / 2 ** 53) * bound;
}
