import './kit/tokens.css';
import './kit/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startSettings } from './features/identity/settings.svelte';
import { breath, leisure } from './kit/pace.svelte';
import { startRouter } from './routes/router.svelte';
import { startServiceWorker } from './sw/register';

async function start(): Promise<void> {
  await startSettings();
  startRouter();
  await breath();
  mount(App, { target: document.getElementById('app') as HTMLElement });
  await leisure();
  startServiceWorker();
}

void start();
