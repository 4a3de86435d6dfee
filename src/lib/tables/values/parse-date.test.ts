import { describe, expect, it } from 'vitest';
import { latinBytes } from '../read/missing-texts.ts';
import { DATE_MARK, NUMBER_MARK } from '../read/opened-file.ts';
import { DateParser, type DateReading } from './parse-date.ts';

const mark = (code: number): string => String.fromCharCode(code);

/** What a cell amid others is read as, in UTF-8 and in windows-1252 alike: the clock's text, or null. */
function read(
	text: string,
	order: 'dmy' | 'mdy' = 'dmy',
	reading: DateReading = {}
): string | null {
	const answers = [false, true].map((latin) => {
		if (latin && /[^\0-\u00ff]/.test(text)) return undefined;
		const bytes = latin ? latinBytes(`9;${text};9`) : new TextEncoder().encode(`9;${text};9`);
		const parser = new DateParser(order, { ...reading, latin });
		const wall = parser.parse(bytes, 2, bytes.length - 2);
		if (wall !== wall) return null;
		const iso = new Date(wall).toISOString();
		expect(parser.timed).toBe(!iso.endsWith('T00:00:00.000Z'));
		return iso
			.replace(/T00:00:00\.000Z$/, '')
			.replace(/(:00)?\.000Z$/, '')
			.replace('Z', '');
	});
	if (answers[1] !== undefined) expect(answers[1]).toBe(answers[0]);
	return answers[0] ?? null;
}

describe('a date in figures', () => {
	it.each([
		['2024-03-09', '2024-03-09'],
		['2024/3/9', '2024-03-09'],
		['2024.03.09', '2024-03-09'],
		['09/03/2024', '2024-03-09'],
		['9-3-2024', '2024-03-09'],
		['09.03.2024', '2024-03-09'],
		[' 09/03/2024 ', '2024-03-09'],
		['09/03/2024\u00a0', '2024-03-09'],
		['2024-02-29', '2024-02-29'],
		['2024-03-09T19:30', '2024-03-09T19:30'],
		['2024-03-09 19:30:15.250', '2024-03-09T19:30:15.250'],
		['2024-03-09 19 h 30', '2024-03-09T19:30'],
		['2024-03-09\u00a019\u00a0h\u00a030', '2024-03-09T19:30'],
		['09/03/2024 à 19h30', '2024-03-09T19:30'],
		['09/03/2024, 7:30 PM', '2024-03-09T19:30'],
		['09/03/2024 - 19:30', '2024-03-09T19:30'],
		['2024-03-09 00:00:00', '2024-03-09'],
		[`${mark(DATE_MARK)}2024-03-09`, '2024-03-09'],
		[`${mark(DATE_MARK)}2024-03-09T19:30:00`, '2024-03-09T19:30']
	])('%s is %s', (text, iso) => {
		expect(read(text)).toBe(iso);
	});
	it.each([
		...[
			'',
			' ',
			'2024',
			'2024-03',
			'03/2024',
			'20240309',
			'45360',
			'9/3/24',
			'09/03/024',
			'2023-02-29'
		],
		...['31/04/2024', '00/03/2024', '2024-13-01', '2024-03-09x', '2024-03/09', '2024-03-09 25:00'],
		...[
			'2024-03-09 -05:00',
			'2024-03-09,',
			'2024-03-09 à',
			'2024-03-09 vers 19 h',
			'2024-03-09T',
			'192.168.1.1'
		],
		...[
			'2024-03-09T19:30 PST',
			'2024-03-09T19:30+15:00',
			'2024-03-09T19:30:00Z+',
			'514-555-1234',
			'1.2.3'
		]
	])('%s is none', (text) => {
		expect(read(text)).toBeNull();
	});
	it('has its days first or its months first, as its column has', () => {
		expect(read('03/09/2024', 'mdy')).toBe('2024-03-09');
		expect(read('31/12/2024', 'mdy')).toBeNull();
		const parser = new DateParser('mdy');
		const orders = ['2024-03-09', '03/09/2024', '9 mars 2024'].map((text) => {
			const bytes = new TextEncoder().encode(text);
			parser.parse(bytes, 0, bytes.length);
			return parser.yearFirst;
		});
		expect(orders).toEqual([true, false, true]);
	});
});

describe('a date in words', () => {
	it.each([
		['14 mars 2024', '2024-03-14'],
		['1er août 2024', '2024-08-01'],
		['1ER AOÛT 2024', '2024-08-01'],
		['1 aout 2024', '2024-08-01'],
		['le 2 février 2024', '2024-02-02'],
		['12 févr. 2024', '2024-02-12'],
		['3 déc. 2024', '2024-12-03'],
		['3 DÉC 2024', '2024-12-03'],
		['30 sept. 2024', '2024-09-30'],
		['jeudi 14 mars 2024', '2024-03-14'],
		['Jeudi, le 14 mars 2024', '2024-03-14'],
		['jeu. 14 mars 2024', '2024-03-14'],
		['mar. 12 mars 2024', '2024-03-12'],
		['mardi 12 mars 2024', '2024-03-12'],
		['mar. 7 mai 2024', '2024-05-07'],
		['Mar 14 2024', '2024-03-14'],
		['mars 14, 2024', '2024-03-14'],
		['March 14, 2024', '2024-03-14'],
		['March 14th, 2024', '2024-03-14'],
		['14th of March 2024', '2024-03-14'],
		['Thursday, March 14, 2024', '2024-03-14'],
		['Thu Mar 14 2024', '2024-03-14'],
		['14-Mar-2024', '2024-03-14'],
		['14/mars/2024', '2024-03-14'],
		['2024-Mar-14', '2024-03-14'],
		['2024 mars 14', '2024-03-14'],
		['14\u00a0mars\u00a02024', '2024-03-14'],
		['1 mai 2024', '2024-05-01'],
		['14 mars 2024 à 19 h 30', '2024-03-14T19:30'],
		['14 mars 2024, 19 h', '2024-03-14T19:00'],
		['14 mars 2024 19:30:15', '2024-03-14T19:30:15'],
		['March 14, 2024 at 7:30 PM', '2024-03-14T19:30'],
		['Thu, 14 Mar 2024 23:30:00 GMT', '2024-03-14T19:30'],
		['Thu, 14 Mar 2024 19:30:00 -0400', '2024-03-14T19:30'],
		['14 mars 2024 à 19 h 30 HE', '2024-03-14T19:30']
	])('%s is %s', (text, iso) => {
		expect(read(text)).toBe(iso);
		expect(read(text, 'mdy')).toBe(iso);
	});
	it('knows every month of both languages, in full and short', () => {
		for (const lang of ['fr-CA', 'en-CA'])
			for (const month of ['long', 'short'] as const)
				for (let m = 0; m < 12; m++) {
					const day = new Date(Date.UTC(2024, m, 9));
					const text = new Intl.DateTimeFormat(lang, {
						...{ day: 'numeric', month, year: 'numeric', weekday: 'long', timeZone: 'UTC' }
					}).format(day);
					expect(read(text), text).toBe(day.toISOString().slice(0, 10));
				}
	});
	it.each([
		...[
			'mars 2024',
			'14 mars',
			'14 mars 24',
			'32 mars 2024',
			'29 février 2023',
			'14 2024 mars',
			'2024 14 mars'
		],
		...[
			'mars 2024 14',
			'14 mars avril 2024',
			'le 14 juin jeudi 2024',
			'14 martien 2024',
			'14 mars 2024 environ'
		],
		...[
			'14 mars 20244',
			'00014 mars 2024',
			'014 mars 2024',
			'Mars attaque 2024',
			'Mai 68, 1968',
			'Le 5 de 2024',
			'a'.repeat(300),
			'mars mars mars'
		],
		...['Saison 2024 mars 3', '14 mars 2024 et 15 mars 2024', '14–16 mars 2024', '100 mars 2024']
	])('%s is none', (text) => {
		expect(read(text)).toBeNull();
	});
});

describe('a time with a zone', () => {
	it.each([
		['2024-03-14T19:30:00Z', '2024-03-14T15:30'],
		['2024-01-14T19:30:00Z', '2024-01-14T14:30'],
		['2024-03-10T06:59:59Z', '2024-03-10T01:59:59'],
		['2024-03-10T07:00:00Z', '2024-03-10T03:00'],
		['2024-11-03T05:30:00Z', '2024-11-03T01:30'],
		['2024-11-03T06:30:00Z', '2024-11-03T01:30'],
		['2024-03-14T19:30:00-04:00', '2024-03-14T19:30'],
		['2024-03-14T19:30:00-0400', '2024-03-14T19:30'],
		['2024-03-15T00:30:00+01', '2024-03-14T19:30'],
		['2024-03-14 23:30 UTC', '2024-03-14T19:30'],
		['2024-03-14 23:30 GMT+0000', '2024-03-14T19:30'],
		['2024-03-14 19:30 EST', '2024-03-14T19:30'],
		['2024-03-14T04:00:00Z', '2024-03-14'],
		['/Date(1291352400000-0500)/', '2010-12-03'],
		['/Date(1291352400000)/', '2010-12-03'],
		['\\/Date(1291352400000)\\/', '2010-12-03'],
		['/Date(1710459000000)/', '2024-03-14T19:30'],
		['/Date(-3600000)/', '1969-12-31T18:00']
	])('%s is %s in Toronto', (text, iso) => {
		expect(read(text)).toBe(iso);
	});
	it.each([
		'/Date()/',
		'/Date(12',
		'/Date(1e5)/',
		'/Date(1234567890123456)/',
		'/14/03/2024',
		'//',
		'/'
	])('%s is none', (text) => {
		expect(read(text)).toBeNull();
	});
	it('says that it was midnight of UTC, and what date it reads', () => {
		const parser = new DateParser('dmy');
		const parse = (text: string): unknown[] => {
			const bytes = new TextEncoder().encode(text);
			parser.parse(bytes, 0, bytes.length);
			const written = new Date(parser.writtenDays * 86_400_000).toISOString().slice(0, 10);
			return [parser.zoned, parser.utcMidnight, parser.timed, written];
		};
		expect(parse('2024-03-14T00:00:00Z')).toEqual([true, true, true, '2024-03-14']);
		expect(parse('2024-03-14T00:00:00-04:00')).toEqual([true, false, false, '2024-03-14']);
		expect(parse('2024-03-14T00:00:00')).toEqual([false, false, false, '2024-03-14']);
		expect(parse('14 mars 2024')).toEqual([false, false, false, '2024-03-14']);
	});
});

describe('what is a date only where it is asked for', () => {
	it('is eight digits', () => {
		const compact = (text: string): string | null => read(text, 'dmy', { compact: true });
		expect(compact('20240314')).toBe('2024-03-14');
		expect(compact(`${mark(NUMBER_MARK)}20240314`)).toBe('2024-03-14');
		expect(compact('20240314T193000')).toBe('2024-03-14T19:30');
		expect(compact('20240314T1930')).toBe('2024-03-14T19:30');
		expect(compact('20240314T233000Z')).toBe('2024-03-14T19:30');
		expect(compact('14 mars 2024')).toBe('2024-03-14');
		for (const text of [
			'20241314',
			'2024031',
			'202403145',
			'20240314T19',
			'20240314T1930x',
			'20240314 '
		])
			expect(compact(text)).toBe(text === '20240314 ' ? '2024-03-14' : null);
		expect(read(`${mark(NUMBER_MARK)}20240314`)).toBeNull();
	});
	it('is the number of a spreadsheet', () => {
		const serial = (text: string): string | null => read(text, 'dmy', { serial: true });
		expect(serial('45365')).toBe('2024-03-14');
		expect(serial(`${mark(NUMBER_MARK)}45365.8125`)).toBe('2024-03-14T19:30');
		expect(serial('45365,8125')).toBe('2024-03-14T19:30');
		expect(serial('45365.81249999999')).toBe('2024-03-14T19:30');
		expect(serial('1')).toBe('1900-01-01');
		expect(serial('59')).toBe('1900-02-28');
		expect(serial('61')).toBe('1900-03-01');
		expect(serial('2958465')).toBe('9999-12-31');
		for (const text of ['0', '60', '2958466', '-1', '1e5', '45365.', '4536500000'])
			expect(serial(text), text).toBeNull();
	});
	it('has a year of two digits', () => {
		const short = (text: string): string | null => read(text, 'dmy', { shortYears: true });
		expect(short('14/03/24')).toBe('2024-03-14');
		expect(short('14-03-99')).toBe('1999-03-14');
		expect(short('14-Mar-24')).toBe('2024-03-14');
		expect(short('14/03/49')).toBe('2049-03-14');
		expect(short('14/03/50')).toBe('1950-03-14');
		expect(short('14/03/4')).toBeNull();
		expect(short('14/03/2024')).toBe('2024-03-14');
	});
});
