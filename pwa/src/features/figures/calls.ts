import { get, send } from '$/api/client';
import type { AskedFigure, FigureList } from '$/api/types';
import '$/i18n/faults';

export const listFigures = (slug: string) => get<FigureList>(`/municipalities/${slug}/figures`);
export const setFigures = (slug: string, figures: AskedFigure[]) => send<FigureList>('PUT', `/municipalities/${slug}/figures`, { figures });
export const removeFigure = (id: string) => send<void>('DELETE', `/figures/${id}`);
