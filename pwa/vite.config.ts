import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vite';
import { ahead } from './build/ahead.ts';
import { manifest } from './build/manifest.ts';
import { precompress } from './build/precompress.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { $: here('./src') } },
  build: {
    target: 'es2022',
    // Nothing as data: URI; the content security policy only knows files of our own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 200,
    rolldownOptions: {
      output: {
        // One file for what the first view always needs: a dozen tiny ones cost a round trip each on a bad network.
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: /node_modules\/(svelte|idb|esm-env|clsx|devalue)\/|src\/(main|App|kit\/(tokens|base)\.css|sw\/register|api|i18n\/(index|dates|errors|dictionary|sq\/(core|shell|concerns|errors))|offline\/(db|outbox|waiting|device|crockford|keep|upload|full)|kit\/(Icon|TriangleMark|Button|StatusMark|Notice|SavedNotice|EmptyState|FailureState|PartMissing|Skeleton|KilimBand|kilim|pace|Toasts|toasts)|features\/(places\/(home|Welcome|TodayAtHome|HelpLines|TriangleLegend)|identity\/(account|settings|LanguageSwitch)|concerns\/ConcernRow)|routes\/(router|onward|table|Today|Shell|NetworkStrip|SubmitButton))/,
            },
            // What most other rooms share, for the same reason.
            {
              name: 'rooms',
              test: /src\/(i18n\/(fields|sq\/(account|fields))|kit\/(Field|Dialog|focus)|features\/(identity\/text|places\/(outline|UnitChoice))|offline\/receipt|features\/(concerns\/(post|handed)|desk\/calls))/,
            },
          ],
        },
      },
    },
  },
  // Those who count are modules, as the page is.
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['TREKENDESH_API'] ?? 'http://127.0.0.1:8080' } },
  plugins: [
    svelte(),
    ahead(here('./src/routes/table.ts'), here('./dist')),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      manifest,
      injectManifest: {
        globPatterns: ['index.html', 'assets/*.{js,css,woff2,svg}', 'icons/icon-192.png'],
        // The desk comes over the net when first opened and is then kept (see src/sw).
        globIgnores: ['assets/Desk*', '**/*.br'],
      },
    }),
    precompress(here('./dist')),
  ],
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
