/** Columns named as what objects have of their own stay columns, from each format to the store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { FORMATS_OF_NAMES, headersOf, withNames } from '../../../../tests/support/named-columns.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import { cellReader } from '../../tables/column.ts';
import { openFile } from '../../tables/read/open-file.ts';
import { readTable } from '../../tables/read/read-table.ts';
import type { Actor } from '../app.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { createDataset } from './create.ts';
import { describeDataset } from './describe.ts';

let t: TestApp;
let steward: Actor;
let organisationId: string;
beforeEach(() => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	organisationId = createOrganisation(t.app, steward, { name: 'Salle de test' });
});
afterEach(() => t.close());

/** JSON has no two values under one key: the later stands. */
const valuesOf = (format: string): number[] =>
	format.endsWith('json')
		? [1, 2, 3, 5, 6, 7]
		: format === 'parquet'
			? [1, 2, 3, 4, 5, 6]
			: [1, 2, 3, 4, 5, 6, 7];
function namesOf(format: string): string[] {
	const begin = ['proto', 'constructor', 'toString', 'a'];
	if (format.endsWith('json')) return [...begin, '\u202ecba', 'colonne_6'];
	return [...begin, 'a_2', '\u202ecba', ...(format === 'parquet' ? [] : ['colonne_7'])];
}

describe('names that objects have of their own', () => {
	for (const format of FORMATS_OF_NAMES)
		it(`are plain columns from ${format} to the store`, async () => {
			const opened = await openFile(await withNames(format), `a.${format}`);
			const { columns, report } = await readTable(opened);
			expect(report.columns.map(({ header }) => header)).toEqual(headersOf(format));
			const names = namesOf(format);
			expect(report.columns.map(({ name }) => name)).toEqual(names);
			const { reserved_header, empty_header, duplicate_header, duplicate_keys } = report.counts;
			expect(reserved_header).toBe(1);
			expect(empty_header).toBe(format === 'parquet' ? undefined : 1);
			if (format.endsWith('json')) expect(duplicate_keys).toBe(2);
			else expect(duplicate_header).toBe(1);

			const bytes = encodeTable(columns.filter((column) => column !== null));
			const checked = checkArrow(bytes);
			expect(checked.map(({ name }) => name)).toEqual(names);
			expect(checked.map((column) => cellReader(column)(1))).toEqual(valuesOf(format));

			const { id } = await createDataset(
				t.app,
				steward,
				{
					organisationId,
					title: 'Noms',
					description: 'Ventes',
					licence: 'CC-BY-4.0',
					publication: 'nothing',
					synthetic: false
				},
				bytes
			);
			const { columns: described } = describeDataset(t.app, steward, id).versions[0] ?? {
				columns: []
			};
			expect(described.map(({ name }) => name)).toEqual(names);
		});
});
