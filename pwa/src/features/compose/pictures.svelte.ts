import type { DraftPhoto } from '$/offline/db';

/** Addresses under which the draft's photos can be shown while a component lives. */
export function objectUrls(photos: () => DraftPhoto[]) {
  let urls = $state.raw<string[]>([]);
  $effect(() => {
    const made = photos().map(({ blob }) => URL.createObjectURL(blob));
    urls = made;
    return () => made.forEach((url) => URL.revokeObjectURL(url));
  });
  return {
    get urls() {
      return urls;
    },
  };
}
