import './kit/tokens.css';
import './kit/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startSettings } from './features/identity/settings.svelte';
import { startRouter } from './routes/router.svelte';
import { startServiceWorker } from './sw/register';

await startSettings();
startRouter();
mount(App, { target: document.getElementById('app') as HTMLElement });
startServiceWorker();
