/** A date as precise as it is known: `2024`, `2024-05` or `2024-05-31`. */
import { InvalidError } from '../errors.ts';

const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** Whether a text is such a date, of a calendar that has that day. */
export function isPartialDate(text: string): boolean {
	const parts = FORM.exec(text);
	if (!parts) return false;
	const [year, month, day] = parts.slice(1).map((part) => Number(part ?? 1));
	const date = new Date(0);
	date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
	return date.getUTCMonth() === (month ?? 1) - 1 && date.getUTCDate() === (day ?? 1) && year !== 0;
}

/**
 * What a form sent for a date; null for nothing.
 * @param whole only a day will do
 * @throws InvalidError `date_invalid`
 */
export function cleanDate(sent: unknown, field: string, whole = false): string | null {
	const text = typeof sent === 'string' ? sent.trim() : '';
	if (text === '') return null;
	if (!isPartialDate(text) || (whole && text.length !== 10))
		throw new InvalidError('date_invalid', {}, field);
	return text;
}

/** Whether a period that begins in `from` ends before it: `2024` to `2024-05` does not. */
export const isReversed = (from: string, to: string): boolean =>
	`${from}-01-01`.slice(0, 10) > `${to}-99-99`.slice(0, 10);
