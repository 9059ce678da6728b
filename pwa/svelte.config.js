import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess({ script: false, style: false }),
  // Forced: a component without a rune would otherwise compile in legacy mode and miss imported state.
  compilerOptions: { runes: true },
};
