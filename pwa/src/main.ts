import './kit/tokens.css';
import './kit/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startSettings } from './features/identity/settings.svelte';
import { breath, leisure } from './kit/pace.svelte';
import { startRouter } from './routes/router.svelte';
import { startServiceWorker } from './sw/register';

async function start(): Promise<void> {
  startRouter();
  await breath();
  mount(App, { target: document.getElementById('app') as HTMLElement });
  await leisure();
  startServiceWorker();
}

// Awaited by the module itself, so that no page's module runs before the language is known.
await startSettings();
void start();
