import { describe, expect, it } from 'vitest';
import { latinBytes } from '../read/missing-texts.ts';
import { printTime, TimeParser } from './parse-time.ts';

const utf8 = new TimeParser();
const latin = new TimeParser(true);
/** As the reader sees a cell: amid others. */
function read(text: string): string | null {
	const bytes = new TextEncoder().encode(`12:${text};30`);
	const seconds = utf8.parse(bytes, 3, bytes.length - 3);
	const windows = latinBytes(text);
	if (!/[^\0-\u00ff]/.test(text)) expect(latin.parse(windows, 0, windows.length)).toBe(seconds);
	return seconds < 0 ? null : printTime(seconds);
}

describe('a time of day', () => {
	it.each([
		['19 h 30', '19:30'],
		['19\u00a0h\u00a030', '19:30'],
		['19\u202fh\u202f30', '19:30'],
		['19h30', '19:30'],
		['19H30', '19:30'],
		['9h05', '09:05'],
		['19h', '19:00'],
		['19 h', '19:00'],
		['19 heures', '19:00'],
		['1 heure 15', '01:15'],
		['19h30min', '19:30'],
		['19 h 30 min 15 s', '19:30:15'],
		['19:30', '19:30'],
		['9:30', '09:30'],
		['19:30h', '19:30'],
		['19:30:15', '19:30:15'],
		['19:30:15.250', '19:30:15'],
		['19:30:00', '19:30'],
		['00:00', '00:00'],
		['0 h 05', '00:05'],
		['7:30 PM', '19:30'],
		['7:30PM', '19:30'],
		['7:30 p.m.', '19:30'],
		['7:30 p. m.', '19:30'],
		['7 h 30 p.m.', '19:30'],
		['7:30:15 am', '07:30:15'],
		['7pm', '19:00'],
		['12 AM', '00:00'],
		['12:30 AM', '00:30'],
		['12:30 pm', '12:30'],
		['19:30 PM', '19:30'],
		[' 19:30 ', '19:30'],
		['\u00a019:30\u00a0', '19:30'],
		[`19:30${'\u00a0'.repeat(40)}`, '19:30'],
		['midi', '12:00'],
		['Minuit', '00:00'],
		['noon', '12:00'],
		['Midnight', '00:00']
	])('%s is %s', (text, time) => {
		expect(read(text)).toBe(time);
	});
	it.each([
		...[
			'',
			' ',
			'19',
			'1930',
			'19.30',
			'19,30',
			'24:00',
			'25 h',
			'19:60',
			'19:3',
			'19:30:60',
			'19:30:1'
		],
		...[
			'19:',
			':30',
			'h30',
			'19:30 AM',
			'13pm',
			'0 am',
			'19 h 75',
			'19 h 30 x',
			'19:30 x',
			'19 hommes'
		],
		...[
			'19 h 30 min 75 s',
			'19 h 30 min 5',
			'2024-03-14',
			'midi pile',
			'minuits',
			'-3:00',
			'19:30-21:00'
		],
		...['19 é', '19 h é', '100 h', '19:30:15 et plus que ce que dit une heure']
	])('%s is none', (text) => {
		expect(read(text)).toBeNull();
	});
	it('is printed so that it sorts, and is read again', () => {
		for (let seconds = 0; seconds < 86_400; seconds += 7) {
			const text = printTime(seconds);
			const bytes = new TextEncoder().encode(text);
			expect(utf8.parse(bytes, 0, bytes.length)).toBe(seconds);
			expect(text < printTime(seconds + 7)).toBe(true);
		}
	});
});
