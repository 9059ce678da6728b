import { t } from '$/i18n';
import { day } from '$/i18n/dates';
import { explainFault } from '$/i18n/fields';

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Given = Pick<Control, 'validity' | 'type'> & Partial<Pick<HTMLInputElement, 'min' | 'max' | 'minLength' | 'maxLength' | 'inputMode'>>;

/** Why the browser refuses a value, in the language of the screen and not of the browser. */
export function complaint({ validity, type, min = '', max = '', minLength = 1, maxLength = 1, inputMode = '' }: Given): string {
  const isDay = type === 'date';
  if (validity.valueMissing) return t('field.required');
  if (validity.typeMismatch && type === 'email') return t('field.email');
  if (validity.tooShort) return t('field.too_short', { n: minLength });
  if (validity.tooLong) return t('field.too_long', { n: maxLength });
  if (validity.rangeUnderflow) return isDay ? t('field.day_min', { day: day(min) }) : t('field.min', { n: min });
  if (validity.rangeOverflow) return isDay ? t('field.day_max', { day: day(max) }) : t('field.max', { n: max });
  if (validity.patternMismatch && inputMode) return explainFault({ code: inputMode === 'numeric' ? 'no_amount' : 'no_number' });
  return t('field.invalid');
}
