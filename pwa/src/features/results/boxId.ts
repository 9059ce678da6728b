/** An id of an address as the box writes it: its sixteen letters as bytes, spelled like a UUID. */
export function boxId(id: string): string {
  const hex = Array.from(id, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
