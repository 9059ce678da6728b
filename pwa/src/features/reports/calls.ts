import { get, send } from '$/api/client';
import type { Report, ReportList } from '$/api/types';
import '$/i18n/faults';

export const listReports = (slug: string) => get<ReportList>(`/municipalities/${slug}/reports`);
export const getReport = (slug: string, year: number) => get<Report>(`/municipalities/${slug}/reports/${year}`);
export const publishReport = (slug: string, year: number, foreword: string) =>
  send<Report>('POST', `/municipalities/${slug}/reports/${year}/publication`, { foreword });
/** Where the browser itself gets the report: as a table, and once published as a document and printed. */
export const fileOf = (slug: string, year: number, kind: 'csv' | 'json' | 'pdf') => `/api/v1/municipalities/${slug}/reports/${year}.${kind}`;
