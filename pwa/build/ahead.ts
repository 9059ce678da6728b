import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  viteMetadata?: { importedCss: Set<string> };
};

/** Where nobody chose a municipality yet, the composer first asks for one; whoever did has the files already. */
const INSTEAD: Record<string, string> = { Compose: 'Place' };

/**
 * One page serves every route, so it cannot name the route's own files. `ahead.json` names them for the server, which
 * sends their names with the page: on a bad network that saves a whole round trip.
 */
export function ahead(tables: string[], folder: string): Plugin {
  let table: Record<string, string[]> = {};
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        if (!context.bundle) return html;
        const chunks = Object.values(context.bundle).filter((part) => part.type === 'chunk') as unknown as Chunk[];
        const needed = (...modules: string[]): string[] => {
          const files = new Set<string>();
          const visit = (chunk: Chunk | undefined): void => {
            if (!chunk || files.has(chunk.fileName)) return;
            files.add(chunk.fileName);
            for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
            for (const other of chunk.imports) visit(chunks.find(({ fileName }) => fileName === other));
          };
          for (const module of modules) visit(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module)));
          return [...files].filter((file) => !html.includes(file));
        };
        const entries = tables.flatMap((routes) => {
          const lines = readFileSync(routes, 'utf8').matchAll(/pattern: '([^']+)'.*import\('\.\/(\w+)\.svelte'\)/g);
          return [...lines].map(([, pattern = '', component = '']) => [pattern, needed(routes, `/routes/${INSTEAD[component] ?? component}.svelte`)]);
        });
        table = Object.fromEntries(entries);
        return html;
      },
    },
    writeBundle() {
      writeFileSync(join(folder, 'ahead.json'), JSON.stringify(table));
    },
  };
}
