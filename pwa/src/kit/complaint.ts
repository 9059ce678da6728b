import { f } from '$/i18n/fields';
import { day } from '$/i18n/dates';

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Given = Pick<Control, 'validity' | 'type'> & Partial<Pick<HTMLInputElement, 'min' | 'max' | 'minLength' | 'maxLength'>>;

/** Why the browser refuses a value, in the language of the screen and not of the browser. */
export function complaint({ validity, type, min = '', max = '', minLength = 1, maxLength = 1 }: Given): string {
  const isDay = type === 'date';
  if (validity.valueMissing) return f('field.required');
  if (validity.typeMismatch && type === 'email') return f('field.email');
  if (validity.tooShort) return f('field.too_short', { n: minLength });
  if (validity.tooLong) return f('field.too_long', { n: maxLength });
  if (validity.rangeUnderflow) return isDay ? f('field.day_min', { day: day(min) }) : f('field.min', { n: min });
  if (validity.rangeOverflow) return isDay ? f('field.day_max', { day: day(max) }) : f('field.max', { n: max });
  return f('field.invalid');
}
