/** Texts of a certain shape: times of the day, forward sortation areas, addresses of pages. */
import type { ValueType } from '../dataset/value-type.ts';
import { isRegionName } from './region-names.ts';

/** A time as it is stored: `19:30`, or `19:30:15`. */
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const AREA = /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]$/;
const URL_SHAPE = /^https?:\/\/[^\s]+$/i;

/** `19 h 30`, `19h`, `7:30 PM`, `19:30:00`: as it is stored; null for what is no time of the day. */
export function timeNamed(text: string): string | null {
	const plain = text
		.replaceAll(/[\u00a0\u202f]/g, ' ')
		.replace(/^(\s*\d{1,2})(\s*[ap]\.?m)/i, '$1:00$2');
	const found =
		/^\s*(\d{1,2})\s*(?:h|:|heures?)\s*(?:(\d{1,2})(?:\s*:\s*(\d{2})|\s*min)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*$/i.exec(
			plain
		);
	if (!found) return null;
	const [, hour, minute = '0', second = '0', half] = found;
	let hours = Number(hour);
	if (half) {
		if (hours < 1 || hours > 12) return null;
		hours = (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
	}
	const two = (value: number): string => String(value).padStart(2, '0');
	const time = `${two(hours)}:${two(Number(minute))}${Number(second) ? `:${second}` : ''}`;
	return TIME.test(time) ? time : null;
}

/** The forward sortation area of `H2X`, `h2x 1y4`: `H2X`; null for what is none. */
export function areaNamed(text: string): string | null {
	const signs = text.replaceAll(/[\s-]/g, '').toUpperCase();
	const area = signs.slice(0, 3);
	return AREA.test(area) && (signs.length === 3 || /^\d[A-Z]\d$/.test(signs.slice(3)))
		? area
		: null;
}

/** Whether a stored text is one that a column of this type may hold. */
export function hasShape(type: ValueType, text: string): boolean {
	switch (type) {
		case 'time':
			return TIME.test(text);
		case 'postal_area':
			return AREA.test(text);
		case 'url':
			return URL_SHAPE.test(text);
		case 'region':
			return isRegionName(text);
		default:
			return true;
	}
}
