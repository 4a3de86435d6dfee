/**
 * What exports look like, one defect a file: each read from its bytes, and what was made of it compared with what is
 * kept beside it. A case without an expectation writes it here, and fails where nobody would look at it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImportChoices } from '../../../src/lib/core/protocol/import.ts';
import { encodeTable } from '../../../src/lib/tables/arrow.ts';
import { checkArrow } from '../../../src/lib/tables/check-arrow.ts';
import { cellReader } from '../../../src/lib/tables/column.ts';
import { openFile } from '../../../src/lib/tables/read/open-file.ts';
import { columnsToKeep } from '../../../src/lib/tables/read/prepare-import.ts';
import { readTable } from '../../../src/lib/tables/read/read-table.ts';

const FOLDER = join('tests', 'golden', 'import', 'files');
const inputs = readdirSync(FOLDER).filter((name) => !/\.(?:choices|expected)\.json$/.test(name));

/** Of a report, what a person would check; of the table, every value. */
async function essentials(name: string): Promise<unknown> {
	const path = join(FOLDER, `${name.replace(/\.[^.]+$/, '')}.choices.json`);
	const choices = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ImportChoices) : {};
	const opened = await openFile(new Uint8Array(readFileSync(join(FOLDER, name))), name);
	const read = await readTable(opened, choices);
	const { report } = read;
	// Through the bytes that would be sent.
	const stored = checkArrow(encodeTable(columnsToKeep(read, choices)));
	return {
		format: report.file.format,
		encoding: [report.encoding.value, report.encoding.evidence.code],
		separator: report.separator.value,
		decimal: report.decimal.value,
		header: [report.header.records, report.header.evidence.code],
		rows: report.rows,
		counts: report.counts,
		warnings: report.warnings.map(({ code, line, row, column, text }) => [
			code,
			line,
			row,
			column,
			text
		]),
		columns: report.columns.map((column) => ({
			name: column.name,
			type: column.type,
			why: column.evidence.code,
			...(column.missing ? { missing: column.missing } : {}),
			...(column.markers.length ? { markers: column.markers } : {}),
			...(column.misfits ? { misfits: column.misfits } : {}),
			...(column.dateOrder ? { dateOrder: column.dateOrder } : {}),
			...(column.codes.length ? { codes: column.codes } : {}),
			...(column.zeros ? { zeros: column.zeros } : {}),
			...(column.mojibake ? { mojibake: column.mojibake } : {}),
			...(column.unmatched.length ? { unmatched: column.unmatched } : {}),
			...(column.renamed ? { renamed: column.renamed } : {}),
			...(column.spellings.length ? { spellings: column.spellings } : {}),
			...(column.grouped ? { grouped: column.grouped } : {}),
			...(column.personal.length ? { personal: column.personal } : {})
		})),
		stored: stored.map((column) => {
			const cell = cellReader(column);
			const dated = column.type === 'date' || column.type === 'datetime';
			return {
				name: column.name,
				type: column.valueType ? `${column.type}, ${column.valueType}` : column.type,
				values: Array.from({ length: column.length }, (_, row) => {
					const value = cell(row);
					return dated && typeof value === 'number' ? new Date(value).toISOString() : value;
				})
			};
		})
	};
}

describe('real exports', () => {
	test.each(inputs)('%s', async (name) => {
		const found = await essentials(name);
		const path = join(FOLDER, `${name.replace(/\.[^.]+$/, '')}.expected.json`);
		if (!existsSync(path) && !process.env.CI)
			writeFileSync(path, `${JSON.stringify(found, null, '\t')}\n`);
		expect(existsSync(path), `${path} is missing`).toBe(true);
		expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(readFileSync(path, 'utf8')));
	});

	test('each expectation has its file', () => {
		const stems = new Set(inputs.map((name) => name.replace(/\.[^.]+$/, '')));
		for (const name of readdirSync(FOLDER)) {
			const stem = /^(.*)\.(?:choices|expected)\.json$/.exec(name)?.[1];
			if (stem !== undefined) expect(stems).toContain(stem);
		}
	});
});
