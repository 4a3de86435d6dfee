/** Any table, written in any dialect that is read, comes back as it was: names, types, values and what is missing. */
import { expect, it } from 'vitest';
import type { ColumnChoice, ImportChoices } from '../../core/protocol/import.ts';
import { encodeTable } from '../arrow.ts';
import { checkArrow } from '../check-arrow.ts';
import { cellReader, type DataType } from '../column.ts';
import { headerNames } from './header.ts';
import { latinBytes } from './missing-texts.ts';
import { columnsToKeep } from './prepare-import.ts';
import { readCsv } from './read-csv.ts';

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % below;
	};
}

const TYPES: readonly DataType[] = ['text', 'integer', 'number', 'date', 'datetime', 'boolean'];
const NAMES = ['__proto__', 'constructor', 'toString', 'nom', 'nom', 'é', 'a b', '"q"', 'x;y,z|w'];
const PIECES = ['a', 'é', '"', '""', ';', ',', '|', '\t', ' ', '1', '=', "'", 'x', 'à', 'ç'];
const WIDE_PIECES = ['\u202e', '\u2067', '\u200f', '漢', '😀', 'œ', '\u00a0', '\ufeff'];
const ENCODINGS = ['utf-8', 'utf-8-bom', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

type Value = string | number | boolean | null;
const two = (n: number): string => String(n).padStart(2, '0');

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Uint8Array<ArrayBuffer> {
	switch (encoding) {
		case 'utf-8':
			return new TextEncoder().encode(text);
		case 'utf-8-bom':
			return new TextEncoder().encode(`\ufeff${text}`);
		case 'windows-1252':
			return new Uint8Array(latinBytes(text));
		default: {
			const units = [...`\ufeff${text}`].flatMap((c) =>
				Array.from({ length: c.length }, (_, i) => c.charCodeAt(i))
			);
			const little = encoding === 'utf-16le';
			return Uint8Array.from(
				units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]))
			);
		}
	}
}

function makeCase(seed: number) {
	const random = seeded(seed);
	const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
	const encoding = pick(ENCODINGS);
	const separator = pick([';', ',', '\t', '|'] as const);
	const decimal = pick([',', '.'] as const);
	const dateOrder = pick(['dmy', 'mdy'] as const);
	const eol = pick(['\n', '\r\n', '\r']);
	const quoting = pick(['needed', 'all', 'some'] as const);
	const header = random(4) > 0;
	const width = 1 + random(5);
	const length = pick([0, 1, 2, 3, 10, 40, 90]);
	const rows = header ? length : Math.max(1, length);
	const types = Array.from({ length: width }, () => pick(TYPES));
	const pieces = [
		...PIECES,
		...(encoding === 'windows-1252' ? [] : WIDE_PIECES),
		...(eol === '\r' ? [] : ['\n', '\r\n'])
	];
	const whole = (value: number): string => {
		const digits = String(Math.abs(value));
		const grouped = digits.replace(/\B(?=(\d{3})+$)/g, decimal === '.' ? ',' : '\u00a0');
		return `${value < 0 ? '-' : ''}${random(3) ? digits : grouped}`;
	};
	const dayOf = (ms: number): string => {
		const [year = '', month = '', day = ''] = new Date(ms).toISOString().slice(0, 10).split('-');
		const first = dateOrder === 'dmy' ? [day, month] : [month, day];
		return random(2) ? `${year}-${month}-${day}` : `${first.join('/')}/${year}`;
	};
	/** A value, and how it is written. */
	const cell = (type: DataType): [Value, string] => {
		switch (type) {
			case 'text': {
				const text = `t${Array.from({ length: random(6) }, () => pick(pieces)).join('')}t`;
				return [text, text];
			}
			case 'integer': {
				const value = random(2) ? random(2_000_000) - 1_000_000 : random(100);
				return [value, whole(value)];
			}
			case 'number': {
				const part = random(10_000);
				const value = random(3_000_000);
				const fraction = String(part).padStart(4, '0');
				return [Number(`${value}.${fraction}`), `${whole(value)}${decimal}${fraction}`];
			}
			case 'date': {
				const ms = (random(60_000) - 20_000) * 86_400_000;
				return [ms, dayOf(ms)];
			}
			case 'datetime': {
				const day = (random(60_000) - 20_000) * 86_400_000;
				const seconds = 1 + random(86_399);
				const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
				return [day + seconds * 1000, `${dayOf(day)} ${time}`];
			}
			case 'boolean': {
				const value = random(2) === 1;
				return [value, value ? pick(['oui', 'Vrai', 'yes']) : pick(['non', 'FAUX', 'no'])];
			}
		}
	};
	// A first row of one value would be a title where there is no header, and a blank line is no row.
	const mayMiss = (row: number): boolean => width > 1 && (header || row > 0);
	const table = Array.from({ length: rows }, (_, row) =>
		types.map((type): [Value, string] =>
			mayMiss(row) && random(6) === 0 ? [null, ''] : cell(type)
		)
	);
	const quoted = (text: string): string =>
		quoting === 'all' ||
		(quoting === 'some' && random(2) === 0) ||
		/["\r\n]/.test(text) ||
		text.includes(separator)
			? `"${text.replaceAll('"', '""')}"`
			: text;
	const names = types.map(() => pick(NAMES));
	const lines = [...(header ? [names] : []), ...table.map((row) => row.map(([, text]) => text))];
	const text = lines.map((line) => line.map(quoted).join(separator) + eol).join('');
	// Guessed where there are enough values to go by; chosen otherwise.
	const guessed = rows >= 40 && header;
	const columns: ColumnChoice[] = types.map((type) => (guessed ? {} : { type }));
	const choices: ImportChoices = {
		separator,
		decimal,
		dateOrder,
		header,
		totals: 'keep',
		missing: [],
		columns,
		...(encoding === 'windows-1252' ? { encoding } : {})
	};
	return {
		bytes: encoded(text, encoding),
		choices,
		expected: types.map((type, c) => ({
			name: headerNames(header ? names : [], width)[c]?.name,
			type,
			values: table.map((row) => row[c]?.[0] ?? null)
		}))
	};
}

it('any table comes back from any dialect as it was', async () => {
	for (let seed = 1; seed <= 300; seed++) {
		const { bytes, choices, expected } = makeCase(seed);
		const read = await readCsv(bytes, choices);
		const stored = checkArrow(encodeTable(columnsToKeep(read, choices)));
		const found = stored.map((column) => {
			const cell = cellReader(column);
			return {
				name: column.name,
				type: column.type,
				values: Array.from({ length: column.length }, (_, row) => cell(row))
			};
		});
		expect(found, `seed ${seed}`).toEqual(expected);
		const { misfit, short_row, long_row, footer_lines, title_lines } = read.report.counts;
		expect([misfit, short_row, long_row, footer_lines, title_lines], `seed ${seed}`).toEqual(
			Array.from({ length: 5 }, () => undefined)
		);
	}
});
