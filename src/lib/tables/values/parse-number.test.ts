import { describe, expect, it } from 'vitest';
import { chance } from '../../server/demo/random.ts';
import { latinBytes } from '../read/missing-texts.ts';
import { NUMBER_MARK } from '../read/opened-file.ts';
import { LEADING_ZERO, NOT_A_NUMBER, NumberParser, TOO_LONG } from './parse-number.ts';

interface Reading {
	value: number;
	unit: string;
	fault: number;
	fractional: boolean;
	marked: boolean;
}
/** What a cell amid others is read as, in UTF-8 and in windows-1252 alike. */
function read(text: string, decimal: ',' | '.' = ','): Reading {
	const readings = [false, true].flatMap((latin): Reading[] => {
		if (latin && /[^\0-\u00ff’]/.test(text)) return [];
		const bytes = latin ? latinBytes(`9${text}9`) : new TextEncoder().encode(`9${text}9`);
		const parser = new NumberParser(decimal, latin);
		const value = parser.parse(bytes, 1, bytes.length - 1);
		const unit = `${parser.money ? 'money' : ''}${parser.percent ? 'percent' : ''}`;
		return [
			{ value, unit, fault: parser.fault, fractional: parser.fractional, marked: parser.marked }
		];
	});
	const [first] = readings;
	if (!first) throw new RangeError('nothing was read');
	for (const other of readings) expect(other).toEqual(first);
	return first;
}

describe('a number with a decimal comma', () => {
	it.each<[string, number, string]>([
		['0', 0, ''],
		['12', 12, ''],
		['-12', -12, ''],
		['+12', 12, ''],
		['- 12', -12, ''],
		['−12,5', -12.5, ''],
		['1234,5', 1234.5, ''],
		[',5', 0.5, ''],
		['12,', 12, ''],
		['1 234,56', 1234.56, ''],
		['1\u00a0234\u00a0567', 1_234_567, ''],
		['1\u202f234,5', 1234.5, ''],
		['1\u2009234,5', 1234.5, ''],
		['1\u2007234,5', 1234.5, ''],
		["1'234,50", 1234.5, ''],
		['1’234’567,5', 1_234_567.5, ''],
		['  12  ', 12, ''],
		['\t12\u00a0', 12, ''],
		['\u202f12\u202f', 12, ''],
		['12 $', 12, 'money'],
		['12\u00a0$', 12, 'money'],
		['12\u202f$', 12, 'money'],
		['12$', 12, 'money'],
		['$12', 12, 'money'],
		['$ 12', 12, 'money'],
		['-$12', -12, 'money'],
		['$-12', -12, 'money'],
		['-1 234,56 $', -1234.56, 'money'],
		['12,50 $ CA', 12.5, 'money'],
		['12,50 $CA', 12.5, 'money'],
		['12,50$ CAD', 12.5, 'money'],
		['12,50 $ CAN', 12.5, 'money'],
		['12,50 CA$', 12.5, 'money'],
		['CA$ 12,50', 12.5, 'money'],
		['CA$12,50', 12.5, 'money'],
		['C$12,50', 12.5, 'money'],
		['CAD 12,50', 12.5, 'money'],
		['CAD12,50', 12.5, 'money'],
		['12,50 CAD', 12.5, 'money'],
		['12,50 cad', 12.5, 'money'],
		['-CA$ 12,50', -12.5, 'money'],
		['12 %', 12, 'percent'],
		['72,6\u00a0%', 72.6, 'percent'],
		['12%', 12, 'percent'],
		['-3,5 %', -3.5, 'percent'],
		['(1 234,56)', -1234.56, ''],
		['(1 234,56 $)', -1234.56, 'money'],
		['(1 234,56) $', -1234.56, 'money'],
		['$(12,50)', -12.5, 'money'],
		['($12,50)', -12.5, 'money'],
		['( 12 )', -12, ''],
		['(12 %)', -12, 'percent'],
		['12-', -12, ''],
		['12,50- $', -12.5, 'money'],
		['12,50 $-', -12.5, 'money'],
		['12 −', -12, ''],
		['1e-3', 0.001, ''],
		['1,5E3', 1500, ''],
		['0,1234567890123456', 0.1234567890123456, '']
	])('%s is %d', (text, value, unit) => {
		const reading = read(text);
		expect(reading.value).toBe(value);
		expect(reading.unit).toBe(unit);
	});

	it.each([
		...['', ' ', '-', '$', '%', '()', '(', ')', 'CAD', 'CA$', 'e', '.', ',', '$ CA', '- $', '(-)'],
		...[
			'1.234,5',
			'1 23',
			'12 34',
			'1 2345',
			'1234 567',
			'1  234',
			'1,2,3',
			'1,234,567',
			"5'10",
			"12'"
		],
		...[
			'(12',
			'12)',
			'((12))',
			'(-12)',
			'(12-)',
			'-12-',
			'--12',
			'+-12',
			'-+12',
			'++12',
			'(+12)',
			'-(12)'
		],
		...[
			'12 €',
			'12 US$',
			'US$ 12',
			'USD 12',
			'12 USD',
			'12 EUR',
			'12 CA',
			'CA 12',
			'C 12',
			'12 C',
			'12 A'
		],
		...[
			'$12 %',
			'12 % $',
			'$$12',
			'$12$',
			'CAD 12 CAD',
			'12 %%',
			'%12',
			'CADX 12',
			'12 ABCAD',
			'12 KCAD'
		],
		...[
			'12-15',
			'514-555-1234',
			'(514) 555-1234',
			'12/5',
			'12:30',
			'1e',
			'1e9999',
			'0x10',
			'12 h',
			'NaN'
		],
		...['Infinity', '1_000', '12kg', '−−12', '12−−', 'abc', 'é', '’12', "'12", '12 −−', '1 e3']
	])('%s is none', (text) => {
		const { value, fault } = read(text);
		expect(value).toBeNaN();
		expect(fault).toBe(NOT_A_NUMBER);
	});
});

describe('a number with a decimal point', () => {
	it.each<[string, number, string]>([
		['1,234.50', 1234.5, ''],
		['1,234,567', 1_234_567, ''],
		['$1,234.50', 1234.5, 'money'],
		['CA$ 12.50', 12.5, 'money'],
		['CAD 12.50', 12.5, 'money'],
		['12.50 CAD', 12.5, 'money'],
		["1'234.50", 1234.5, ''],
		['1 234.50', 1234.5, ''],
		['(1,234.50)', -1234.5, ''],
		['.5', 0.5, ''],
		['12.5%', 12.5, 'percent'],
		['1.5e3', 1500, '']
	])('%s is %d', (text, value, unit) => {
		const reading = read(text, '.');
		expect(reading.value).toBe(value);
		expect(reading.unit).toBe(unit);
	});
	it.each(['1,23', '1,2345', '12,5', '1.2.3', '1,234,5'])('%s is none', (text) => {
		expect(read(text, '.').value).toBeNaN();
	});
});

describe('what is told of a number', () => {
	it('is whether it has decimals, and marks that matter', () => {
		const of = (text: string): boolean[] => [read(text).fractional, read(text).marked];
		expect(of('12')).toEqual([false, false]);
		expect(of('12 $')).toEqual([false, false]);
		expect(of('1 234')).toEqual([false, true]);
		expect(of('12,0')).toEqual([true, true]);
		expect(of('1e3')).toEqual([true, false]);
	});
	it('is why it is none', () => {
		for (const text of ['007', '00', '-01', '01 $', '(05)', '0123,5']) {
			expect(read(text).value).toBeNaN();
			expect(read(text).fault).toBe(LEADING_ZERO);
		}
		for (const text of ['1234567890123456', '-1234567890123456', '1 234 567 890 123 456'])
			expect([read(text).value, read(text).fault]).toEqual([NaN, TOO_LONG]);
	});
	it('is forgotten with the next', () => {
		const parser = new NumberParser(',', false);
		const units = ['12 $', '12', '(12)', '12', '12 %', '12', '12 $ CA', '$ 12', 'x$', '-12'].map(
			(text) => {
				const bytes = new TextEncoder().encode(text);
				return [parser.parse(bytes, 0, bytes.length), parser.money, parser.percent];
			}
		);
		expect(units).toEqual([
			...[
				[12, true, false],
				[12, false, false],
				[-12, false, false],
				[12, false, false]
			],
			...[
				[12, false, true],
				[12, false, false],
				[12, true, false],
				[12, true, false]
			],
			...[
				[NaN, true, false],
				[-12, false, false]
			]
		]);
	});
});

describe('a number that a machine wrote', () => {
	const marked = (text: string): string => String.fromCharCode(NUMBER_MARK) + text;
	it.each([
		'0',
		'-0',
		'12',
		'-1234.5',
		'0.1',
		'1e+21',
		'1.5e-7',
		'0.12345678901234567',
		'5e-324',
		'123456789012345'
	])('%s is read with a point, whatever the mark of its column', (text) => {
		for (const decimal of [',', '.'] as const) {
			const reading = read(marked(text), decimal);
			expect(reading.value).toBe(Number(text));
			expect(reading.fractional).toBe(/[.e]/.test(text));
			expect([reading.unit, reading.marked]).toEqual(['', false]);
		}
	});
	it('may have the unit that its format shows', () => {
		for (const decimal of [',', '.'] as const) {
			expect(read(marked('72.6 %'), decimal)).toMatchObject({ value: 72.6, unit: 'percent' });
			expect(read(marked('-1234.5 $'), decimal)).toMatchObject({ value: -1234.5, unit: 'money' });
			expect(read(marked('1e-7 %'), decimal)).toMatchObject({ value: 1e-7, unit: 'percent' });
			for (const text of ['72.6%', ' %', '72.6  %', '72.6 % %', '72.6 €'])
				expect(read(marked(text), decimal).value).toBeNaN();
		}
	});
	it('is the one that was written, whatever it is', () => {
		const { next, whole } = chance(7);
		for (let i = 0; i < 5000; i++) {
			const value = (next() - 0.5) * 10 ** whole(-20, 30);
			if (Number.isInteger(value) && Math.abs(value) < 1e21 && Math.abs(value) >= 1e15) continue;
			expect(read(marked(String(value))).value).toBe(value);
			const short = Number(value.toPrecision(8));
			if (Math.abs(short) < 1e15 || Math.abs(short) >= 1e21)
				expect(read(marked(String(short)), '.').value).toBe(short);
		}
	});
	it('keeps a number too long to be exact as a text', () => {
		const { value, fault } = read(marked('1234567890123456'));
		expect([value, fault]).toEqual([NaN, TOO_LONG]);
	});
	it.each([
		'',
		'-',
		'.',
		'1,5',
		'1 234',
		'12$',
		'1.',
		'.e5',
		'1e',
		'1e999',
		'--1',
		'1.2.3',
		'NaN',
		'0x1'
	])('%s is none', (text) => {
		// A machine writes no `1.`, but it says what it means.
		expect(read(marked(text)).value).toEqual(text === '1.' ? 1 : NaN);
	});
});

it('reads a short cell as the same one among spaces', () => {
	const { whole } = chance(11);
	const signs = [...'00123456789,,.. -$%e'];
	let numbers = 0;
	for (let i = 0; i < 20_000; i++) {
		const text = Array.from(
			{ length: whole(1, 11) },
			() => signs[whole(0, signs.length)] ?? ''
		).join('');
		const short = read(text);
		expect([text, short]).toEqual([text, read(`      ${text}     `)]);
		if (!Number.isNaN(short.value)) numbers++;
	}
	expect(numbers).toBeGreaterThan(1000);
});
