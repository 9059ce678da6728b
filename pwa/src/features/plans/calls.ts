import { getMunicipality } from '$/api/calls';
import { get, send, withQuery, type Answer } from '$/api/client';
import type { DeskMeasure, DeskPlan, MeasureDetail, Objective, OtherPlans, Plan } from '$/api/types';
import type { AskedMeasure, AskedReport, Template } from './form';
import '$/i18n/faults';

export const getPlan = (slug: string, year?: string) => get<Plan>(`/municipalities/${slug}/measures`, { year });
/** A measure's sheet on paper. */
export const paperOf = (id: string) => `/api/v1/measures/${id}/sheet.pdf`;
export const getMeasure = (id: string) => get<MeasureDetail>(`/measures/${id}`);
/** A measure as what another municipality's draft begins with. */
export async function getTemplate(id: string): Promise<Answer<Template>> {
  const measure = await getMeasure(id);
  if (!measure.ok) return measure;
  const place = await getMunicipality(measure.data.municipality);
  if (!place.ok) return place;
  return { ok: true, data: { measure: measure.data, place: place.data.full_name, address: `${location.origin}/masat/${id}` }, saved: measure.saved };
}
export const reportMeasure = (id: string, report: AskedReport) => send<DeskMeasure>('POST', `/measures/${id}/reports`, report);
/** Where the browser itself gets the plan as a spreadsheet, and what shows a step. */
export const sheetOf = (slug: string, year: number) => withQuery(`/api/v1/municipalities/${slug}/measures.xlsx`, { year: String(year) });
export const evidenceOf = (measure: string, id: string) => `/api/v1/measures/${measure}/evidence/${id}`;

export const getDeskPlan = (slug: string, year?: string) => get<DeskPlan>(`/municipalities/${slug}/desk/plan`, { year });
export const getDeskMeasure = (id: string) => get<DeskMeasure>(`/desk/measures/${id}`);
export const addObjective = (slug: string, year: number, title: string, text: string) =>
  send<Objective>('POST', `/municipalities/${slug}/objectives`, { year, objective: { title, ...(text && { text }) } });
export const removeObjective = (id: string) => send<undefined>('DELETE', `/objectives/${id}`);
export const addMeasure = (slug: string, measure: AskedMeasure) => send<DeskMeasure>('POST', `/municipalities/${slug}/measures`, measure);
export const changeDraft = (id: string, measure: AskedMeasure) => send<DeskMeasure>('PUT', `/measures/${id}`, measure);
export const removeDraft = (id: string) => send<undefined>('DELETE', `/measures/${id}`);
export const approveMeasure = (id: string) => send<DeskMeasure>('POST', `/measures/${id}/approval`);
export const changeMeasure = (id: string, change: { due_on: string; budget?: number | undefined; source?: string; reason: string }) =>
  send<DeskMeasure>('POST', `/measures/${id}/changes`, change);
export const importMeasures = (slug: string, year: number, file: string) =>
  send<DeskPlan>('POST', `/municipalities/${slug}/desk/plan/import`, { year, file });
export const listOthers = (slug: string) => get<OtherPlans>(`/municipalities/${slug}/desk/other-measures`);
export const setOthers = (slug: string, plan: string, measures: string[]) =>
  send<OtherPlans>('PUT', `/municipalities/${slug}/desk/other-measures`, { plan, measures });
