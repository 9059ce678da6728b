import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  viteMetadata?: { importedCss: Set<string> };
};

/** Runs in the page. Only a first visit needs it: later the service worker has every file already. */
const SCRIPT = (table: Record<string, string[]>, place: string[]) => `(() => {
  if (navigator.serviceWorker?.controller) return;
  const given = location.pathname.replace(/\\/+$/, '').split('/');
  const same = (wanted) => wanted.length === given.length && wanted.every((part, at) => part[0] === ':' || part === given[at]);
  const found = Object.entries(${JSON.stringify(table)}).find(([pattern]) => same(pattern.split('/')));
  const elsewhere = given[1] === 'paraqit' && !localStorage.getItem('home');
  for (const file of elsewhere ? ${JSON.stringify(place)} : found ? found[1] : []) {
    const link = document.createElement('link');
    const style = file.endsWith('.css');
    link.rel = style ? 'preload' : 'modulepreload';
    if (style) link.as = 'style';
    link.crossOrigin = '';
    link.href = '/' + file;
    document.head.append(link);
  }
})();
`;

/**
 * One page serves every route, so it cannot name the route's own files. A small script does, beside the first
 * file instead of after it: on a bad network that is a whole round trip.
 */
export function ahead(routes: string, folder: string): Plugin {
  let name = '';
  let text = '';
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        if (!context.bundle) return html;
        const chunks = Object.values(context.bundle).filter((part) => part.type === 'chunk') as unknown as Chunk[];
        const needed = (component: string): string[] => {
          const files = new Set<string>();
          const visit = (chunk: Chunk | undefined): void => {
            if (!chunk || files.has(chunk.fileName)) return;
            files.add(chunk.fileName);
            for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
            for (const other of chunk.imports) visit(chunks.find(({ fileName }) => fileName === other));
          };
          visit(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/routes/${component}.svelte`)));
          return [...files].filter((file) => !html.includes(file));
        };
        const lines = readFileSync(routes, 'utf8').matchAll(/pattern: '([^']+)'.*import\('\.\/(\w+)\.svelte'\)/g);
        const table = Object.fromEntries([...lines].map(([, pattern, component]) => [pattern ?? '', needed(component ?? '')]));
        text = SCRIPT(table, needed('Place'));
        name = `assets/ahead-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.js`;
        return [{ tag: 'script', attrs: { async: true, fetchpriority: 'high', src: `/${name}` }, injectTo: 'head-prepend' }];
      },
    },
    writeBundle() {
      if (!name) return;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
  };
}
