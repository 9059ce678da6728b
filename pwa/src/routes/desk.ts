import type { Route } from './table';

/** What a seat in the council opens, fetched by those who go there. */
export const ROUTES: Route[] = [
  { pattern: '/tavolina', room: 'desk', title: 'nav.desk', load: () => import('./Desk.svelte') },
  { pattern: '/tavolina/konsultime', room: 'desk', title: 'nav.desk', load: () => import('./DeskConsultations.svelte') },
  { pattern: '/tavolina/konsultime/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskConsultation.svelte') },
  { pattern: '/tavolina/takime', room: 'desk', title: 'nav.desk', load: () => import('./DeskMeetings.svelte') },
  { pattern: '/tavolina/takime/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskMeeting.svelte') },
  { pattern: '/tavolina/plani', room: 'desk', title: 'nav.desk', load: () => import('./DeskPlan.svelte') },
  { pattern: '/tavolina/buletini', room: 'desk', title: 'nav.desk', load: () => import('./DeskBulletin.svelte') },
  { pattern: '/tavolina/masat/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskMeasure.svelte') },
  { pattern: '/tavolina/vendi/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskSeat.svelte') },
  { pattern: '/tavolina/keshilli', room: 'desk', title: 'nav.desk', load: () => import('./DeskCouncil.svelte') },
  { pattern: '/tavolina/udhezues', room: 'desk', title: 'nav.desk', load: () => import('./DeskHandbook.svelte') },
  { pattern: '/tavolina/sondazhe', room: 'desk', title: 'nav.desk', load: () => import('./DeskPolls.svelte') },
  { pattern: '/tavolina/sondazhe/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskPoll.svelte') },
  { pattern: '/tavolina/:id', room: 'desk', title: 'nav.desk', load: () => import('./DeskConcern.svelte') },
  { pattern: '/administrimi', room: 'administration', title: 'nav.administration', load: () => import('./DeskAdministration.svelte') },
];
