import { expect, it } from 'vitest';
import { plainWords } from '../pipeline/words.ts';
import { summariseFork } from './fork-summary.ts';
import { toNotebook } from './notebook.ts';

const before = toNotebook({
	title: 'Départ',
	cells: [
		{ id: 'a', mode: 'md', source: '# Titre' },
		{ id: 'b', source: 'const grands = billets.filter(d => d.prix > 20)' },
		{ id: 'c', source: 'Plot.plot({})' },
		{ id: 'd', source: '4' }
	]
});

it('counts each kind of change, and says the main ones with their parts in words', () => {
	const after = toNotebook({
		title: 'Le mien',
		cells: [
			{ id: 'd', source: '4' },
			{ id: 'a', mode: 'md', source: '# Titre' },
			{
				id: 'b',
				source: 'const grands = billets.filter(d => d.prix > 20).filter(d => d.salle === "Usine")'
			},
			{ id: 'e', mode: 'md', source: 'Constat' },
			{ id: 'vide', source: '' }
		]
	});
	const summary = summariseFork(before, after, 'fr');
	expect(summary).toMatchObject({
		...{ total: 6, added: 2, removed: 1, moved: 1, changed: 1, retitled: true },
		main: [
			{ kind: 'changed', label: { named: true, text: 'grands' }, cellKind: 'transform' },
			{ kind: 'added', label: { named: false, text: 'Constat' }, cellKind: 'text' },
			{ kind: 'removed', cellKind: 'chart' }
		]
	});
	expect(summary.main[0]?.parts.map((words) => plainWords(words))).toEqual([
		'a ajouté un filtre\u00a0: « salle » est Usine'.replace(/« | »/g, (s) =>
			s.replace(' ', '\u00a0')
		)
	]);
});

it('says few things of many, and reads no long source for its parts', () => {
	const cells = Array.from({ length: 20 }, (_, i) => ({ id: `n${String(i)}`, source: String(i) }));
	const many = summariseFork(before, toNotebook({ title: 'Départ', cells }), 'fr');
	expect(many.total).toBe(24);
	expect(many.main).toHaveLength(4);
	const steps = '.filter(d => d.a > 1)'.repeat(8);
	const chain = (more: string) =>
		toNotebook({ title: 'Départ', cells: [{ id: 'b', source: `const g = b${more}` }] });
	const some = summariseFork(chain(''), chain(steps), 'fr').main[0];
	expect([some?.parts.length, some?.moreParts]).toEqual([3, 5]);
	const long = summariseFork(chain(''), chain(`${steps}//${'x'.repeat(20_000)}`), 'fr').main[0];
	expect(long?.parts).toEqual([]);
});

it('of a copy that is as it was: nothing', () => {
	expect(summariseFork(before, before, 'en')).toMatchObject({ total: 0, main: [] });
});
