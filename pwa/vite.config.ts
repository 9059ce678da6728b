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
        // The worker names each file: seven letters and digits of a hash tell its versions apart as well as eight of any symbols.
        hashCharacters: 'base36',
        entryFileNames: 'assets/[name]-[hash:7].js',
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
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
              test: /src\/(i18n\/(fields|sq\/(account|places))|kit\/(BackLink|StepFrame|HowFar|ChoiceField|ListRow|Field|NumberField|written|Refusal|Dialog|focus|hand)|features\/(compose\/(sensitive|photo)|questions\/typed|(consultations|eligibility|meetings)\/calls|identity\/text|places\/(outline|text|UnitChoice|asked))|offline\/(receipt|visited|votes)|features\/(concerns\/(post|handed)|desk\/(calls|kept)|papers\/(SeatBanner|articles|unread)|councils\/(institutions|public)|polldesk\/rights|polls\/ClassCodeBox))/,
            },
            // Measures are read in half a dozen rooms.
            { name: 'plan', test: /src\/(i18n\/sq\/plans|features\/plans\/(Marks|MeasureItem|Reached|calls|form|text))/ },
            { name: 'polls', test: /src\/(i18n\/sq\/polls|features\/polls\/(calls|text|types|slip|time|answers|Face|steps))/ },
            { name: 'PollCharts', test: /src\/features\/polls\/(QuestionResult|PollBars|PollLikert|PollRanks|charts|said)/ },
            // Two pages of the desk share these.
            { name: 'polldesk', test: /src\/(i18n\/sq\/polldesk|features\/polldesk\/(calls|rooms|text|WayField))/ },
            { name: 'BulletinBody', test: /src\/(i18n\/sq\/bulletins|features\/bulletins\/(BulletinBody|MeetingLines|calls|text))/ },
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
    ahead([here('./src/routes/table.ts'), here('./src/routes/desk.ts')], here('./dist')),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      manifest,
      // Those of an installation are the browser's to fetch; without a network only what notifications and tabs show.
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['index.html', 'assets/*.{js,css,woff2,svg}', 'icons/icon{-192.png,.svg}'],
        // The desk and the report come over the net when first opened and are then kept (see src/sw).
        // Half a hash tells two files apart as well, and the worker is to be light.
        manifestTransforms: [(entries) => ({ manifest: entries.map((entry) => ({ ...entry, revision: entry.revision?.slice(0, 8) ?? null })) })],
        globIgnores: ['assets/{Desk,desk,FirstGuide,Hall,Program,programs,VerdictMark,MeasureForm,MeetingForm,ModerationBox,MoveForm,DateFields,Report,reports,papers,handbook,Bulletin,bulletins,Class,Poll,polls,polldesk,QuestionStep}*', '**/*.br'],
      },
    }),
    precompress(here('./dist')),
  ],
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
