import { get, send } from '$/api/client';
import type { Bulletin, BulletinList, DeskBulletin, DeskBulletinList } from '$/api/types';
import '$/i18n/faults';

type Words = { opening: string; closing: string | undefined };

const desk = (slug: string, year: number, quarter: number) => `/municipalities/${slug}/desk/bulletins/${year}/${quarter}`;

export const listBulletins = (slug: string) => get<BulletinList>(`/municipalities/${slug}/bulletins`);
export const getBulletin = (slug: string, year: number, quarter: number) => get<Bulletin>(`/municipalities/${slug}/bulletins/${year}/${quarter}`);
export const listDeskBulletins = (slug: string) => get<DeskBulletinList>(`/municipalities/${slug}/desk/bulletins`);
export const getDeskBulletin = (slug: string, year: number, quarter: number) => get<DeskBulletin>(desk(slug, year, quarter));
export const writeBulletin = (slug: string, year: number, quarter: number, words: Words) => send<DeskBulletin>('PUT', desk(slug, year, quarter), words);
export const publishBulletin = (slug: string, year: number, quarter: number) => send<Bulletin>('POST', `${desk(slug, year, quarter)}/publication`);
/** Where the browser itself gets a bulletin as it is printed, and where a reader of feeds finds them all. */
export const pdfOf = (slug: string, year: number, quarter: number) => `/api/v1/municipalities/${slug}/bulletins/${year}/${quarter}.pdf`;
export const feedOf = (slug: string) => `/api/v1/municipalities/${slug}/bulletins.atom`;
