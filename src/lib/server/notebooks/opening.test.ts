import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { createDataset } from '../datasets/create.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { createNotebook } from './create.ts';
import { openingOf } from './opening.ts';

let t: TestApp;
let ana: Actor;
beforeEach(async () => {
	t = testApp();
	ana = testPerson(t.app, 'Ana');
	const organisationId = createOrganisation(t.app, ana, { name: 'Salle' });
	const about = {
		description: '',
		licence: 'CC-BY-4.0',
		publication: 'rows',
		synthetic: true
	} as const;
	for (let i = 0; i < 8; i++)
		await createDataset(
			t.app,
			ana,
			{ ...about, organisationId, title: `Jeu ${i}` },
			encodeTable([integerColumn('n', [i])])
		);
});
afterEach(() => t.close());

const filesOf = (source: string): readonly string[] => {
	const notebook = toNotebook({ title: 'C', lang: 'fr', cells: [{ id: 'a', source }] });
	return openingOf(t.app, ana, createNotebook(t.app, ana, { notebook })).files;
};
const names = (slug: string, from: number, to: number): string =>
	Array.from({ length: to - from }, (_, i) => `"${slug}-${from + i}@1.arrow"`).join(' ');

it('brings the first files that may be read, and no more', () => {
	expect(filesOf(names('jeu', 0, 8))).toEqual(
		Array.from({ length: 6 }, (_, i) => `jeu-${i}@1.arrow`)
	);
	expect(filesOf(`${names('rien', 0, 20)} ${names('jeu', 7, 8)}`)).toEqual(['jeu-7@1.arrow']);
});

// Each is a few questions to the database, at each opening, by anyone who may read the notebook.
it('looks up so many names, however many are written', () => {
	expect(filesOf(`${names('rien', 0, 49)} ${names('jeu', 0, 2)}`)).toEqual(['jeu-0@1.arrow']);
	expect(filesOf(`${names('rien', 0, 20_000)} ${names('jeu', 0, 2)}`)).toEqual([]);
});
